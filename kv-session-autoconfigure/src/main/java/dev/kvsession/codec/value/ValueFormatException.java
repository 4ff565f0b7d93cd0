package dev.kvsession.codec.value;

import java.util.ConcurrentModificationException;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.exc.InvalidDefinitionException;

import dev.kvsession.codec.structure.ReadBudget;
import dev.kvsession.codec.trust.UntrustedTypeException;

/**
 * A value cannot be written or read. Has no cause, since messages of the libraries below
 * quote values.
 */
public final class ValueFormatException extends Exception {

	private static final long serialVersionUID = 1L;

	private final @Nullable String untrustedType;

	private final String place;

	private final boolean changing;

	ValueFormatException(String problem, @Nullable String untrustedType) {
		this(problem, untrustedType, "", false);
	}

	private ValueFormatException(String problem, @Nullable String untrustedType, String place, boolean changing) {
		super(problem);
		this.untrustedType = untrustedType;
		this.place = place;
		this.changing = changing;
	}

	static ValueFormatException of(String message, Throwable failure) {
		return caused(message, failure).at(Wording.place(failure));
	}

	private static ValueFormatException caused(String message, Throwable failure) {
		Throwable cause = failure;
		for (int depth = 0; cause != null && depth < 50; depth++) {
			if (cause instanceof UntrustedTypeException untrusted) {
				return new ValueFormatException("holds a " + untrusted.typeName() + ", which is not trusted",
						untrusted.typeName());
			}
			String known = known(cause);
			if (known != null) {
				return new ValueFormatException(known, null);
			}
			if (cause instanceof ConcurrentModificationException) {
				return new ValueFormatException(
						"was changed by another thread meanwhile; set a copy, or use a type that "
								+ "is safe for concurrent use",
						null)
					.changing();
			}
			cause = cause.getCause();
		}
		return new ValueFormatException(message + " (" + failure.getClass().getSimpleName() + ")", null);
	}

	/* Explains frequent failures of the libraries below. */
	private static @Nullable String known(Throwable cause) {
		if (cause instanceof ReadBudget.ExceededException) {
			return "would take too long to read: too many of its elements or keys have the same hash code, sets are "
					+ "nested too deeply, or a pattern is too long";
		}
		if (cause instanceof StreamConstraintsException) {
			return isDepth(cause)
					? "is nested deeper than " + AttributeMapper.MAX_DEPTH
							+ " levels, or refers to itself: leave the way back out, or make it transient"
					: "holds a number or a text that is too long";
		}
		if (cause instanceof StackOverflowError) {
			return "is nested too deeply, or refers to itself: leave the way back out, or make it transient";
		}
		if (cause instanceof InvalidDefinitionException definition && definition.getType() != null
				&& isBound(definition.getType().getRawClass())) {
			return "holds a " + definition.getType().getRawClass().getName()
					+ ", an anonymous or inner class, which belongs to the object around it: make it a static class, a "
					+ "record, or a plain collection";
		}
		return null;
	}

	private static boolean isDepth(Throwable cause) {
		return String.valueOf(cause.getMessage()).contains("depth");
	}

	private static boolean isBound(Class<?> type) {
		return type.isAnonymousClass() || ClassUtils.isInnerClass(type);
	}

	ValueFormatException at(String place) {
		return new ValueFormatException(problem(), this.untrustedType, place, this.changing);
	}

	/* Which part of the value is concerned; empty if it is the whole. */
	public String place() {
		return this.place;
	}

	/* What is wrong, as the rest of a sentence about the value; never the value. */
	public String problem() {
		return String.valueOf(getMessage());
	}

	/* Name of the type that is not trusted, or null if that is not the reason. */
	public @Nullable String untrustedType() {
		return this.untrustedType;
	}

	/* Says this of a value that another thread has changed meanwhile. */
	ValueFormatException changing() {
		return new ValueFormatException(problem(), this.untrustedType, this.place, true);
	}

	public boolean isChanging() {
		return this.changing;
	}

}
