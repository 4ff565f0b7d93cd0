package dev.kvsession.codec.structure;

/** To read a value would take far longer than its size explains. */
public final class CostlyValueException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	CostlyValueException() {
		super("too costly", null, false, false);
	}

}
