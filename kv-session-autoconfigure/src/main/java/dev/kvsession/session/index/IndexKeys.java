package dev.kvsession.session.index;

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
		if (indexName.startsWith(OIDC)) {
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

	/* What comes before the index's own name: several applications may share KV. */
	private String lead() {
		return this.prefix.substring(0, stem().lastIndexOf(':') + 1);
	}

}
