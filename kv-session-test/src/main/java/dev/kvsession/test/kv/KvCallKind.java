package dev.kvsession.test.kv;

/** The kinds of call to the KV REST API. */
public enum KvCallKind {

	/** One value is read. */
	GET,

	/** Up to 100 values are read. */
	BULK_GET,

	/** One value is written. */
	PUT,

	/** Up to 10,000 values are written. */
	BULK_PUT,

	/** One key is deleted. */
	DELETE,

	/** Up to 10,000 keys are deleted. */
	BULK_DELETE,

	/** A page of key names is read. */
	LIST,

	/** The metadata of one key is read. */
	METADATA,

	/** The accounts that the token may use are read. */
	ACCOUNTS,

	/**
	 * Anything else: the token is verified, the namespace itself is read or deleted, or
	 * no such path exists.
	 */
	OTHER

}
