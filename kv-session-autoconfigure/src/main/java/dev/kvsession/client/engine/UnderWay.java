package dev.kvsession.client.engine;

/**
 * Counts the calls without answer. There are so few that the transport's threads are not
 * all taken, and that what waits, waits where it can still be joined. Immutable.
 *
 * @param logins those for logins and logouts
 * @param others all others
 */
record UnderWay(int logins, int others) {

	static final UnderWay NONE = new UnderWay(0, 0);

	/**
	 * How many there may be of either. It leaves two to the other, or else a stream of
	 * logins would keep everything from being read where calls are free.
	 */
	static final int MOST = 6;

	private static final int MOST_OF_BOTH = 8;

	int all() {
		return this.logins + this.others;
	}

	UnderWay plus(Batch batch) {
		return add(batch, 1);
	}

	UnderWay minus(Batch batch) {
		return add(batch, -1);
	}

	private UnderWay add(Batch batch, int calls) {
		return isLogin(batch.callClass()) ? new UnderWay(this.logins + calls, this.others)
				: new UnderWay(this.logins, this.others + calls);
	}

	/**
	 * Tells when one more call may leave.
	 * @param callClass what for
	 * @param now the time
	 * @return now, or the greatest value
	 */
	long earliest(KvCallClass callClass, long now) {
		int same = isLogin(callClass) ? this.logins : this.others;
		return (same < MOST && all() < MOST_OF_BOTH) ? now : Long.MAX_VALUE;
	}

	private static boolean isLogin(KvCallClass callClass) {
		return callClass == KvCallClass.LOGIN;
	}

}
