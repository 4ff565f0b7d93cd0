package dev.kvsession.session;

/**
 * How new a session has to be for a request.
 */
enum ReadDemand {

	/**
	 * Not older than the effective age: the request may change something.
	 */
	FRESH,

	/**
	 * As it is known: the request is safe (RFC 9110, 9.2.1), and what it shows may be
	 * some minutes old.
	 */
	KNOWN

}
