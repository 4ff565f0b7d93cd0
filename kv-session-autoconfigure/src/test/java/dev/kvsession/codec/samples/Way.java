package dev.kvsession.codec.samples;

/**
 * How a value reaches KV.
 */
public enum Way {

	JSON,

	/** By Java serialization if that is on, else refused. */
	JDK,

	/** Refused in any case. */
	REFUSED

}
