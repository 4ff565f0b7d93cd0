package dev.kvsession.session.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.springframework.util.Assert;

/**
 * Names the KV keys of a session. Immutable.
 *
 * @param prefix the prefix of records; the gone markers' prefixes follow it: {@code
 * session:} makes {@code session-gone:} and {@code session-renamed:}
 * @param names what stands for an id in a key
 */
public record SessionKeys(String prefix, UnaryOperator<String> names) {

	public static final String DEFAULT_PREFIX = "session:";

	/** Leaves room for the longest session id in KV's 512 bytes. */
	static final int MAX_PREFIX_LENGTH = 256;

	public SessionKeys {
		Assert.hasText(prefix, "'prefix' must not be empty");
		Assert.isTrue(prefix.length() <= MAX_PREFIX_LENGTH, "'prefix' must not be longer than 256 characters");
		Assert.isTrue(prefix.chars().allMatch((c) -> c > ' ' && c < 0x7F),
				"'prefix' must consist of visible ASCII characters");
	}

	public SessionKeys(String prefix) {
		this(prefix, UnaryOperator.identity());
	}

	public String record(String id) {
		return this.prefix + this.names.apply(id);
	}

	/** The gone marker after a logout. */
	public String gone(String id) {
		// mutant: hashed-marker
		return stem() + "-gone:" + this.names.apply(id);
	}

	/**
	 * The gone marker after a change of id. Each reason has a key of its own: KV has no
	 * compare-and-set, so under one key the weaker reason could replace the stronger one.
	 */
	public String renamed(String id) {
		// mutant: rename-marker
		return stem() + "-renamed:" + this.names.apply(id);
	}

	/** At least one of these keys exists if the id has ended. */
	public List<String> markers(String id) {
		return List.of(gone(id), renamed(id));
	}

	private String stem() {
		return this.prefix.endsWith(":") ? this.prefix.substring(0, this.prefix.length() - 1) : this.prefix;
	}

	/**
	 * The keys that a look at a session reads: its record, its markers, and the gone
	 * markers of its ids before.
	 */
	public List<String> ofLook(String id, boolean record, boolean markers, List<String> before) {
		List<String> keys = new ArrayList<>(record ? List.of(record(id)) : List.of());
		keys.addAll(markers ? markers(id) : List.of());
		before.forEach((one) -> keys.add(gone(one)));
		return keys;
	}

}
