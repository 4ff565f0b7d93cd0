package dev.kvsession.session;

import org.springframework.util.Assert;

/**
 * Names the KV keys of a session. Immutable.
 *
 * @param prefix the prefix of session records; the gone markers' prefix follows it:
 * {@code session:} makes {@code session-gone:}
 */
record SessionKeys(String prefix) {

	static final String DEFAULT_PREFIX = "session:";

	/**
	 * Leaves room for the longest session id in KV's 512 bytes.
	 */
	static final int MAX_PREFIX_LENGTH = 256;

	SessionKeys {
		Assert.hasText(prefix, "'prefix' must not be empty");
		Assert.isTrue(prefix.length() <= MAX_PREFIX_LENGTH, "'prefix' must not be longer than 256 characters");
		Assert.isTrue(prefix.chars().allMatch((c) -> c > ' ' && c < 0x7F),
				"'prefix' must consist of visible ASCII characters");
	}

	String record(String id) {
		return this.prefix + id;
	}

	String gone(String id) {
		String stem = this.prefix.endsWith(":") ? this.prefix.substring(0, this.prefix.length() - 1) : this.prefix;
		return stem + "-gone:" + id;
	}

}
