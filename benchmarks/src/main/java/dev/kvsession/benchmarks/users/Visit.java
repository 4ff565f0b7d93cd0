package dev.kvsession.benchmarks.users;

import java.time.Duration;
import java.util.Random;

import org.jspecify.annotations.Nullable;

import dev.kvsession.session.CookieJar;
import dev.kvsession.test.VirtualTime;

/**
 * One user's visit: some pages, with time to look at each. Confined to whoever has the
 * turn.
 */
final class Visit {

	/**
	 * How long people look at a page: 40 s, the slowest tenth more than 180 s.
	 */
	static final LogNormal THINK_TIME = new LogNormal(Duration.ofSeconds(40), 1.17);

	static final int PAGES = 10;

	private static final long NOT_ENDED = -1;

	final String id;

	final Random random;

	final CookieJar jar;

	final Knowledge handedOver;

	final Knowledge carried;

	private int pagesLeft;

	private int saves;

	private int acknowledged;

	private long endedAt = NOT_ENDED;

	private boolean over;

	/**
	 * Begins a visit.
	 * @param id the session's id
	 * @param seed decides what the user does
	 * @param timeline the time
	 * @param scenario how many instances there are, and how far KV is
	 */
	Visit(String id, long seed, VirtualTime timeline, PeopleScenario scenario) {
		this.id = id;
		this.random = new Random(seed);
		this.jar = new CookieJar(timeline::nanos);
		Duration latency = scenario.latency().median();
		this.handedOver = new Knowledge(scenario.instances(), Knowledge.Carried.SAVES, latency);
		this.carried = new Knowledge(scenario.instances(), Knowledge.Carried.EVERY_ANSWER, latency);
		this.pagesLeft = PAGES;
	}

	/**
	 * Lets the visit have begun some pages ago.
	 */
	void joinMidway() {
		this.pagesLeft = 1 + this.random.nextInt(PAGES);
	}

	/**
	 * Goes on to the next page.
	 * @return whether there is one
	 */
	boolean nextPage() {
		this.pagesLeft--;
		return this.pagesLeft >= 0;
	}

	boolean happens(double share) {
		return this.random.nextDouble() < share;
	}

	int nextSave() {
		this.saves++;
		return this.saves;
	}

	void acknowledged() {
		this.acknowledged = this.saves;
	}

	/**
	 * Whether a stored value tells of a lost change. One whose save failed may be there.
	 * @param stored the value, or {@code null}
	 * @return whether the latest change that was acknowledged is missing
	 */
	boolean hasLost(@Nullable Object stored) {
		int newest = (stored instanceof Integer) ? (Integer) stored : 0;
		return newest < this.acknowledged;
	}

	void endElsewhere(long nanos) {
		this.endedAt = nanos;
	}

	boolean hasEnded() {
		return this.endedAt != NOT_ENDED;
	}

	long endedAt() {
		return this.endedAt;
	}

	void over() {
		this.over = true;
	}

	boolean isOver() {
		return this.over;
	}

}
