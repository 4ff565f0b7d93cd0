package dev.kvsession.codec;

/**
 * To read a value would take far longer than its size explains.
 */
final class CostlyValueException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	CostlyValueException() {
		super("too costly", null, false, false);
	}

}
