package dev.kvsession.session;

/**
 * How new a session has to be for a request.
 */
enum ReadDemand {

	/**
	 * At most the time to live old, or being reloaded in time; else KV is asked, for no
	 * longer than the soft time-out if what is known is not too stale. The request may
	 * change something.
	 */
	FRESH,

	/**
	 * As it is known: the request is safe (RFC 9110, 9.2.1), and what it shows may be
	 * some minutes old.
	 */
	KNOWN

}
