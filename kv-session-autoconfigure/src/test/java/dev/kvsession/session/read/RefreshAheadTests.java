package dev.kvsession.session.read;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.session.settings.NearCacheSettings;
import dev.kvsession.session.settings.SecureSessionIdGenerator;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class RefreshAheadTests {

	private static final Duration TTL = NearCacheSettings.DEFAULT.timeToLive();

	/**
	 * How long a logout may take to show everywhere in the emulated KV.
	 */
	private static final Duration KV_DELAY = Duration.ofMinutes(3);

	private final World world = new World();

	private final Instance app = this.world.instance();

	private final String id = this.app.login((session) -> session.setAttribute("a", "1"));

	private long count(KvSessionEvent event) {
		return this.app.repository().getStatistics().count(event);
	}

	/**
	 * Lets the second look at the login be over, so that reloads are all there is.
	 */
	private void lookedAt() {
		this.world.settle();
		this.world.settle();
		this.app.find(this.id);
		this.world.forgetCalls();
	}

	/**
	 * Requests of one session at a steady pace, none of which may wait.
	 */
	private void use(Duration pause, Duration duration) {
		for (long i = duration.dividedBy(pause); i > 0; i--) {
			this.world.pass(pause);
			Instant before = this.world.now();
			this.app.request(this.id, (session) -> assertThat(session.<String>getAttribute("a")).isEqualTo("1"));
			assertThat(this.world.now()).as("a request waited").isEqualTo(before);
		}
	}

	@Test
	@DisplayName("P1 requests of a session in use never wait for KV, which is read once per aged entry")
	void sessionInUse() {
		lookedAt();
		long misses = count(KvSessionEvent.NEAR_CACHE_MISS);
		long reloads = count(KvSessionEvent.REFRESHED);
		long hits = count(KvSessionEvent.NEAR_CACHE_HIT);
		use(Duration.ofSeconds(3), Duration.ofMinutes(30));
		assertThat(this.world.calls()).extracting(KvCall::kind).containsOnly(KvCallKind.BULK_GET);
		// After 75 percent of 30 seconds, the next use, and ten seconds for company.
		assertThat(this.world.calls()).hasSizeBetween(50, 60);
		assertThat(count(KvSessionEvent.REFRESHED) - reloads).isCloseTo(this.world.calls().size(), within(1L));
		assertThat(count(KvSessionEvent.NEAR_CACHE_MISS)).isEqualTo(misses);
		assertThat(count(KvSessionEvent.NEAR_CACHE_HIT) - hits).isEqualTo(1200);
	}

	@Test
	@DisplayName("P1 a session that nobody uses is not read again")
	void idleSession() {
		lookedAt();
		use(Duration.ofSeconds(3), Duration.ofMinutes(1));
		this.world.pass(Duration.ofSeconds(20));
		this.world.forgetCalls();
		this.world.pass(Duration.ofHours(1));
		assertThat(this.world.calls()).isEmpty();
	}

	@Test
	@DisplayName("P5 a session idle for longer than its time is read before it is used")
	void idlePastItsTime() {
		use(Duration.ofSeconds(3), Duration.ofMinutes(10));
		this.world.settle();
		this.world.remove(this.id);
		this.world.settle();
		assertThat(this.app.find(this.id)).isNull();
	}

	@Test
	@DisplayName("P1 one reload at a time is on the way, however many requests there are and however long it takes")
	void oneReloadAtATime() {
		this.world.faults().every(KvFault.delayed(Duration.ofSeconds(4)), KvCallKind.BULK_GET);
		this.world.forgetCalls();
		use(Duration.ofMillis(100), Duration.ofSeconds(36));
		assertThat(this.world.calls()).hasSize(1);
	}

	@Test
	@DisplayName("P1 while its reload is on the way a session in use is served beyond its time, and the meter says so")
	void servedWhileReloading() {
		use(Duration.ofSeconds(3), Duration.ofSeconds(21));
		assertThat(this.app.repository().getEffectiveAge()).isEqualTo(TTL);
		this.world.faults().next(1, KvFault.delayed(Duration.ofSeconds(25)), KvCallKind.BULK_GET);
		this.world.forgetCalls();
		use(Duration.ofSeconds(1), Duration.ofSeconds(20));
		assertThat(this.world.calls()).hasSize(1);
		assertThat(this.app.repository().getEffectiveAge()).isBetween(Duration.ofSeconds(38), Duration.ofSeconds(42));
		this.world.pass(Duration.ofMinutes(10));
		assertThat(this.app.repository().getEffectiveAge()).isEqualTo(TTL);
	}

	@Test
	@DisplayName("P5 a logout elsewhere is noticed within the effective age and KV's delay")
	void logoutElsewhere() {
		Instance other = this.world.instance();
		use(Duration.ofSeconds(3), Duration.ofMinutes(10));
		other.delete(this.id);
		Instant end = this.world.now().plus(KV_DELAY).plus(this.app.repository().getEffectiveAge());
		KvSession session = this.app.find(this.id);
		while (session != null && this.world.now().isBefore(end)) {
			this.app.save(session);
			this.world.pass(Duration.ofSeconds(3));
			session = this.app.find(this.id);
		}
		assertThat(session).isNull();
	}

	@Test
	@DisplayName("P4 a change made elsewhere is seen within the effective age and KV's delay")
	void changeElsewhere() {
		use(Duration.ofSeconds(3), Duration.ofMinutes(10));
		this.world.instance().change(this.id, "b", "2");
		for (int i = 0; i < 70; i++) {
			this.app.request(this.id, (session) -> {
			});
			this.world.pass(Duration.ofSeconds(3));
		}
		assertThat(this.app.find(this.id).<String>getAttribute("b")).isEqualTo("2");
		assertThat(count(KvSessionEvent.NEAR_CACHE_MISS)).isZero();
	}

	@Test
	@DisplayName("P8 a reload that misses a record written a moment ago does not end it")
	void youngRecord() {
		this.world.remove(this.id);
		this.world.forgetCalls();
		use(Duration.ofSeconds(3), Duration.ofSeconds(110));
		assertThat(this.world.calls(KvCallKind.BULK_GET)).hasSizeGreaterThanOrEqualTo(2);
	}

	@Test
	@DisplayName("P3 a reload begun before an own write never replaces it")
	void reloadBegunBeforeAnOwnWrite() {
		this.world.settle();
		KvSession open = this.app.find(this.id);
		use(Duration.ofSeconds(3), Duration.ofSeconds(18));
		this.world.faults().next(1, KvFault.delayed(Duration.ofSeconds(4)), KvCallKind.BULK_GET);
		this.world.during(KvCallKind.BULK_GET, () -> {
			open.setAttribute("b", "new");
			this.app.save(open);
		});
		use(Duration.ofSeconds(3), Duration.ofSeconds(24));
		assertThat(this.app.find(this.id).<String>getAttribute("b")).isEqualTo("new");
	}

	@Test
	@DisplayName("P8 an absence asked for before an own write tells nothing of it, however late the answer comes")
	void absenceAskedForBeforeAnOwnWrite() {
		this.world.settle();
		this.app.find(this.id);
		use(Duration.ofSeconds(3), Duration.ofSeconds(21));
		String record = this.world.truth(this.id);
		this.world.remove(this.id);
		this.world.faults().next(1, KvFault.delayed(Duration.ofSeconds(150)), KvCallKind.BULK_GET);
		use(Duration.ofSeconds(3), Duration.ofSeconds(15));
		this.world.store(this.id, record);
		this.app.change(this.id, "b", "2");
		use(Duration.ofSeconds(3), Duration.ofSeconds(180));
		assertThat(count(KvSessionEvent.NEAR_CACHE_MISS)).isOne();
	}

	@Test
	@DisplayName("P5 a reload on the way does not bring an ended session back")
	void endedWhileReloading() {
		this.world.settle();
		this.app.find(this.id);
		this.world.faults().next(1, KvFault.delayed(Duration.ofSeconds(4)), KvCallKind.BULK_GET);
		this.world.during(KvCallKind.BULK_GET, () -> this.app.delete(this.id));
		use(Duration.ofSeconds(3), Duration.ofSeconds(24));
		this.world.settle();
		assertThat(this.app.find(this.id)).isNull();
		assertThat(count(KvSessionEvent.TOMBSTONE_HIT)).isOne();
	}

	@Test
	@DisplayName("P1 a reload that fails is tried again, not at each use, and nobody waits for it")
	void failedReload() {
		this.world.settle();
		this.app.find(this.id);
		this.world.faults().every(KvFault.status(503), KvCallKind.BULK_GET);
		this.world.forgetCalls();
		use(Duration.ofMillis(200), Duration.ofMinutes(5));
		assertThat(this.world.calls()).hasSizeBetween(8, 100);
		this.world.faults().clear();
		long reloads = count(KvSessionEvent.REFRESHED);
		use(Duration.ofSeconds(1), Duration.ofMinutes(2));
		assertThat(count(KvSessionEvent.REFRESHED)).isGreaterThan(reloads);
	}

	@Test
	void eventsOfStrangers() {
		assertThat(this.app.find("../" + this.id)).isNull();
		assertThat(this.app.find(new SecureSessionIdGenerator().generate())).isNull();
		assertThat(List.of(count(KvSessionEvent.REFUSED_ID), count(KvSessionEvent.UNKNOWN_ID),
				count(KvSessionEvent.NEAR_CACHE_MISS)))
			.containsOnly(1L);
	}

}
