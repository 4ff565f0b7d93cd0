package dev.kvsession.session.settings;

import java.util.ArrayList;
import java.util.List;

import org.springframework.util.Assert;

/**
 * Names the KV keys of a session. Immutable.
 *
 * @param prefix the prefix of session records; the markers' prefixes follow it:
 * {@code session:} makes {@code session-gone:} and {@code session-renamed:}
 */
public record SessionKeys(String prefix) {

	public static final String DEFAULT_PREFIX = "session:";

	/**
	 * Leaves room for the longest session id in KV's 512 bytes.
	 */
	static final int MAX_PREFIX_LENGTH = 256;

	public SessionKeys {
		Assert.hasText(prefix, "'prefix' must not be empty");
		Assert.isTrue(prefix.length() <= MAX_PREFIX_LENGTH, "'prefix' must not be longer than 256 characters");
		Assert.isTrue(prefix.chars().allMatch((c) -> c > ' ' && c < 0x7F),
				"'prefix' must consist of visible ASCII characters");
	}

	public String record(String id) {
		return this.prefix + id;
	}

	/**
	 * Names the key that tells that a session was deleted.
	 * @param id the session's id
	 * @return the key
	 */
	public String gone(String id) {
		return stem() + "-gone:" + id;
	}

	/**
	 * Names the key that tells that a session goes on under another id. Each reason has a
	 * key of its own: KV has no compare-and-set, so under one key the weaker reason could
	 * replace the stronger one.
	 * @param id the session's id before
	 * @return the key
	 */
	public String renamed(String id) {
		// mutant: rename-marker
		return stem() + "-renamed:" + id;
	}

	/**
	 * Names the keys of which one at least is there if an id has ended.
	 * @param id the id
	 * @return the keys
	 */
	public List<String> markers(String id) {
		return List.of(gone(id), renamed(id));
	}

	private String stem() {
		return this.prefix.endsWith(":") ? this.prefix.substring(0, this.prefix.length() - 1) : this.prefix;
	}

	/**
	 * Returns what a look at a session asks for.
	 * @param id the id
	 * @param record whether for its record
	 * @param markers whether for its markers
	 * @param before the ids that it had before, whose ends are its own
	 * @return the keys
	 */
	public List<String> ofLook(String id, boolean record, boolean markers, List<String> before) {
		List<String> keys = new ArrayList<>(record ? List.of(record(id)) : List.of());
		keys.addAll(markers ? markers(id) : List.of());
		before.forEach((one) -> keys.add(gone(one)));
		return keys;
	}

}
