package dev.kvsession.session.record;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.codec.StoredAttribute;
import dev.kvsession.codec.UnreadableAttributeException;
import dev.kvsession.session.settings.UnreadablePolicy;

/**
 * One attribute of a snapshot, decoded when it is first asked for. Safe for concurrent
 * use; the decoded value is shared, as in a servlet container.
 */
public final class AttributeCell {

	private static final Logger logger = LoggerFactory.getLogger(AttributeCell.class);

	private static final int LONGEST_NAME = 100;

	private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

	private static final Object UNREADABLE = new Object();

	private final String name;

	private final StoredAttribute stored;

	private volatile @Nullable Object decoded;

	/** Computed when it is first asked for. */
	private int weight;

	public AttributeCell(String name, StoredAttribute stored, @Nullable Object value) {
		this.name = name;
		this.stored = stored;
		this.decoded = value;
	}

	public StoredAttribute stored() {
		return this.stored;
	}

	/**
	 * Estimates the memory of the decoded value in bytes, whether it has been decoded or
	 * not.
	 */
	int weight() {
		if (this.weight == 0) {
			this.weight = SnapshotWeight.ofValue(this.stored.raw());
		}
		return this.weight;
	}

	/** Compresses a long text, once it has been weighed. */
	void pack() {
		weight();
		this.stored.pack(null);
	}

	/** Whether this was decoded to that very object. */
	public boolean holds(@Nullable Object value) {
		return value != null && this.decoded == value;
	}

	/** Returns the shared value if it has been decoded, else {@code null}. */
	public @Nullable Object decoded() {
		Object value = this.decoded;
		return (value != UNREADABLE) ? value : null;
	}

	/**
	 * Returns the shared value, decoded the first time; {@code null} if it is unreadable
	 * and to be hidden. Throws if it is unreadable and the policy is
	 * {@link UnreadablePolicy#FAIL}.
	 */
	public @Nullable Object value(SessionContext context) {
		Object value = this.decoded;
		if (value == null) {
			value = decode(context);
			this.decoded = value;
		}
		return (value != UNREADABLE) ? value : null;
	}

	private Object decode(SessionContext context) {
		try {
			return context.settings().codec.decodeAttribute(this.name, this.stored);
		}
		catch (UnreadableAttributeException ex) {
			if (context.settings().onUnreadable == UnreadablePolicy.FAIL) {
				throw ex;
			}
			context.warnings()
				.warn(logger, "session attributes hidden", ex,
						"Hiding session attribute '" + shown(this.name) + "', which cannot be read", ex.getMessage());
			return UNREADABLE;
		}
	}

	/**
	 * Returns a copy for a reader that may change it in place, or {@code null} if it is
	 * unreadable.
	 */
	public @Nullable Object copy(SessionContext context) {
		return (value(context) != null) ? context.settings().codec.decodeAttribute(this.name, this.stored) : null;
	}

	/**
	 * Makes an attribute's name fit for a message: it must neither forge a log line nor
	 * fill one.
	 */
	static String shown(String name) {
		String printable = CONTROL.matcher(name).replaceAll("?");
		return (printable.length() <= LONGEST_NAME) ? printable : printable.substring(0, LONGEST_NAME) + "…";
	}

}
