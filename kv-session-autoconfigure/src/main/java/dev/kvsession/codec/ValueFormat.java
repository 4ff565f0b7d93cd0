package dev.kvsession.codec;

/**
 * One way to turn a value into JSON text and back. Safe for concurrent use.
 */
interface ValueFormat {

	/*
	 * Its field name in the envelope.
	 */
	String name();

	String write(Object value) throws ValueFormatException;

	Object read(String raw) throws ValueFormatException;

}
