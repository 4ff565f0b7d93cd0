package dev.kvsession.codec.value;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.structure.ObjectFields;

/**
 * Writes a value and proves that it comes back. Tries again, since another request may
 * change the value meanwhile. Confined to one value.
 */
public final class ProvenText {

	/** Enough for a value that changes now and then. */
	private static final int TRIES = 3;

	private final ValueFormat format;

	private final Set<String> texts = new HashSet<>();

	/** Several mean that the value has changed meanwhile, however that showed. */
	private final Set<String> problems = new HashSet<>();

	private boolean changing;

	public ProvenText(ValueFormat format) {
		this.format = format;
	}

	public String of(Object value) throws ValueFormatException {
		for (int i = 1; i < TRIES; i++) {
			try {
				return attempt(value);
			}
			catch (ValueFormatException ex) {
				if (ex.untrustedType() != null) {
					throw ex;
				}
				failed(ex);
			}
		}
		try {
			return lastAttempt(value);
		}
		catch (ValueFormatException ex) {
			failed(ex);
			throw (this.changing || isMoving() || this.problems.size() > 1) ? ex.changing() : ex;
		}
	}

	private void failed(ValueFormatException ex) {
		this.problems.add(ex.problem());
		this.changing |= ex.isChanging();
	}

	private String lastAttempt(Object value) throws ValueFormatException {
		String raw = write(value);
		Object read = this.format.read(raw);
		ReadBack.Difference difference = difference(value, read);
		if (difference == null || (isMoving() && raw.equals(this.format.write(read)))) {
			return raw;
		}
		throw differs(difference);
	}

	private String attempt(Object value) throws ValueFormatException {
		String raw = write(value);
		ReadBack.Difference difference = difference(value, this.format.read(raw));
		if (difference != null) {
			throw differs(difference);
		}
		return raw;
	}

	private String write(Object value) throws ValueFormatException {
		String raw = this.format.write(value);
		this.texts.add(raw);
		return raw;
	}

	/*
	 * Only a value that changes all the time may be proved by its text alone, which would
	 * hide a loss such as the order of a sorted set.
	 */
	private boolean isMoving() {
		return this.texts.size() > 1;
	}

	private ReadBack.@Nullable Difference difference(Object value, Object read) throws ValueFormatException {
		try {
			return ReadBack.find(value, read);
		}
		catch (RuntimeException | StackOverflowError ex) {
			throw ValueFormatException.of("cannot be compared with what came back", ex);
		}
	}

	private ValueFormatException differs(ReadBack.Difference difference) {
		return new ValueFormatException("would not come back from " + this.format.name() + " as it is: its "
				+ difference.type().getName() + " differs" + reason(difference.type()), null)
			.at(difference.place());
	}

	private static String reason(Class<?> type) {
		boolean collection = Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
		if (!collection) {
			return ". An annotation such as @JsonIgnore, a constructor or a setter may leave it out or change it: mark a "
					+ "field `transient` that need not be stored";
		}
		return ObjectFields.isPlatform(type) ? ": neither a comparator, access order, identity nor "
				+ "defaults are kept, by which a collection finds or orders its elements" : "";
	}

}
