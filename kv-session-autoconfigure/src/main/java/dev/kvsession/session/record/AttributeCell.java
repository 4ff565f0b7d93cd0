package dev.kvsession.session.record;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.codec.StoredAttribute;
import dev.kvsession.codec.UnreadableAttributeException;
import dev.kvsession.session.settings.UnreadablePolicy;

/**
 * One attribute of a snapshot: encoded, and decoded when somebody asks. Safe for
 * concurrent use; the decoded value is shared, as in a servlet container.
 */
public final class AttributeCell {

	private static final Logger logger = LoggerFactory.getLogger(AttributeCell.class);

	/** What a forged name could break a log's lines with. */
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
	 * Estimates the memory that the decoded value takes, whether it has been decoded or
	 * not.
	 * @return bytes
	 */
	int weight() {
		if (this.weight == 0) {
			this.weight = SnapshotWeight.ofValue(this.stored.raw());
		}
		return this.weight;
	}

	/**
	 * Compresses a long text, once it has been weighed.
	 */
	void pack() {
		weight();
		this.stored.pack(null);
	}

	/**
	 * Whether this is the attribute of a shared value.
	 * @param value an object, or {@code null}
	 * @return whether it is the very object that this was decoded to
	 */
	public boolean holds(@Nullable Object value) {
		return value != null && this.decoded == value;
	}

	/**
	 * Returns the shared value if it has been decoded.
	 * @return the value, or {@code null}
	 */
	public @Nullable Object decoded() {
		Object value = this.decoded;
		return (value != UNREADABLE) ? value : null;
	}

	/**
	 * Returns the shared value.
	 * @param context decodes it the first time
	 * @return the value, or {@code null} if it cannot be decoded and is to be hidden
	 * @throws UnreadableAttributeException if it cannot be decoded and the policy is
	 * {@link UnreadablePolicy#FAIL}
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
			return context.codec().decodeAttribute(this.name, this.stored);
		}
		catch (UnreadableAttributeException ex) {
			if (context.onUnreadable() == UnreadablePolicy.FAIL) {
				throw ex;
			}
			context.warnings()
				.warn(logger, "session attributes hidden", ex,
						"Hiding session attribute '" + shown(this.name) + "', which cannot be read", ex.getMessage());
			return UNREADABLE;
		}
	}

	/**
	 * Returns a copy of its own for a reader that may change it in place.
	 * @param context decodes it
	 * @return the copy, or {@code null} if it cannot be decoded
	 */
	public @Nullable Object copy(SessionContext context) {
		return (value(context) != null) ? context.codec().decodeAttribute(this.name, this.stored) : null;
	}

	/**
	 * Makes an attribute's name fit for a message: a line break in it must not forge a
	 * line of a log, nor its length fill one.
	 * @param name the name
	 * @return the name, or the beginning of a long one
	 */
	static String shown(String name) {
		String printable = CONTROL.matcher(name).replaceAll("?");
		return (printable.length() <= LONGEST_NAME) ? printable : printable.substring(0, LONGEST_NAME) + "…";
	}

}
