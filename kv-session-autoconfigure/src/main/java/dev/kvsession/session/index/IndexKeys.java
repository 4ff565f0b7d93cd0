package dev.kvsession.session.index;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.util.Assert;

import dev.kvsession.session.settings.KeySegment;
import dev.kvsession.session.settings.StorageSeal;

/**
 * Names the keys of index entries: a prefix for the index and the value in it, and the
 * session's handle. Immutable.
 *
 * @param prefix the prefix of the index of principals, such as {@code user-sessions:};
 * that of another index follows it
 * @param seal hides values and metadata, or {@code null}
 */
public record IndexKeys(String prefix, @Nullable StorageSeal seal) {

	public static final String DEFAULT_PREFIX = "user-sessions:";

	/**
	 * Index of the sessions that a login at an OpenID provider began. Its value is made
	 * of key segments already.
	 */
	public static final String OIDC = "oidc-sessions";

	/** The index by the session at the provider, and the one by the user there. */
	private static final Set<String> OIDC_NAMES = Set.of(OIDC + ".sid", OIDC + ".sub");

	/** Leaves room for a value and a handle in KV's 512 bytes. */
	private static final int MAX_PREFIX_LENGTH = 128;

	private static final int MAX_NAME_BYTES = 64;

	private static final int MAX_VALUE_BYTES = 160;

	public IndexKeys {
		Assert.hasText(prefix, "'prefix' must not be empty");
		Assert.isTrue(prefix.length() <= MAX_PREFIX_LENGTH, "'prefix' must not be longer than 128 characters");
		Assert.isTrue(prefix.chars().allMatch((c) -> c > ' ' && c < 0x7F),
				"'prefix' must consist of visible ASCII characters");
	}

	public IndexKeys(String prefix) {
		this(prefix, null);
	}

	/**
	 * The prefixes of the entries of all sessions with a value in an index: first the one
	 * that is written, then those that were.
	 */
	List<String> prefixes(String indexName, String value) {
		boolean oidc = OIDC_NAMES.contains(indexName);
		String index = oidc ? lead() + OIDC + ":" : ofIndex(indexName);
		String plain = oidc ? value : KeySegment.of(value, MAX_VALUE_BYTES);
		List<String> names = (this.seal != null) ? this.seal.names(indexName, value, plain) : List.of(plain);
		return names.stream().map((name) -> index + name + ":").toList();
	}

	private String ofIndex(String indexName) {
		return FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME.equals(indexName) ? this.prefix
				: stem() + "." + KeySegment.of(indexName, MAX_NAME_BYTES) + ":";
	}

	/** The keys that the entry of a session has or had, first the one that is written. */
	List<String> entries(String indexName, String value, String id) {
		String handle = KeySegment.handle(id);
		return prefixes(indexName, value).stream().map((prefix) -> prefix + handle).toList();
	}

	private String stem() {
		return this.prefix.endsWith(":") ? this.prefix.substring(0, this.prefix.length() - 1) : this.prefix;
	}

	/* Several applications may share KV, so what tells their prefixes apart stays. */
	private String lead() {
		String own = stem() + ":";
		return own.endsWith(DEFAULT_PREFIX) ? own.substring(0, own.length() - DEFAULT_PREFIX.length()) : stem() + ".";
	}

}
