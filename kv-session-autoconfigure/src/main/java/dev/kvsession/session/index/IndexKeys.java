package dev.kvsession.session.index;

import java.util.Set;

import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.util.Assert;

import dev.kvsession.session.settings.KeySegment;

/**
 * Names the keys of index entries: a prefix for the index and the value in it, and the
 * session's handle. Immutable.
 *
 * @param prefix the prefix of the index of principals, such as {@code user-sessions:};
 * that of another index follows it
 */
public record IndexKeys(String prefix) {

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

	/** The prefix of the entries of all sessions with a value in an index. */
	String prefix(String indexName, String value) {
		if (OIDC_NAMES.contains(indexName)) {
			return lead() + OIDC + ":" + value + ":";
		}
		String index = FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME.equals(indexName) ? this.prefix
				: stem() + "." + KeySegment.of(indexName, MAX_NAME_BYTES) + ":";
		return index + KeySegment.of(value, MAX_VALUE_BYTES) + ":";
	}

	String entry(String indexName, String value, String id) {
		return prefix(indexName, value) + KeySegment.handle(id);
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
