package dev.kvsession.test.kv;

/** What happens to an answer on its way back to the caller. */
public enum KvDelivery {

	/** The answer arrives whole. */
	ANSWERED,

	/** The connection is reset before anything was applied: the call had no effect. */
	RESET_BEFORE,

	/** The call was applied, then the connection is reset: the caller cannot know. */
	LOST_AFTER_WRITE,

	/** The answer arrives byte by byte, each after the response's drip interval. */
	SLOW_DRIP

}
