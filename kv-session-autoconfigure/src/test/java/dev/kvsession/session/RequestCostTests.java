package dev.kvsession.session;

import java.time.Duration;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.session.settings.NearCacheSettings;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

class RequestCostTests {

	private final World world = new World();

	private final Instance writer = this.world.instance();

	@Test
	@DisplayName("P1 a request of a session that memory does not know costs one read, the next nothing")
	void oneReadThenNothing() {
		String id = this.writer.login((session) -> session.setAttribute("a", "1"));
		this.world.settle();
		Instance app = this.world.instance();
		this.world.forgetCalls();
		app.request(id, (session) -> session.getAttribute("a"));
		assertThat(this.world.calls()).extracting(KvCall::kind).containsExactly(KvCallKind.BULK_GET);
		this.world.forgetCalls();
		app.request(id, (session) -> session.getAttribute("a"));
		assertThat(this.world.calls()).isEmpty();
	}

	@Test
	@DisplayName("P1 the near cache costs one read each 30 seconds at most, and no write inside the touch interval")
	void thousandRequestsInAMinuteCostTwoReads() {
		String id = this.writer.login((session) -> {
		});
		this.world.forgetCalls();
		for (int i = 0; i < 1000; i++) {
			this.writer.request(id, (session) -> {
			});
			this.world.pass(Duration.ofMillis(60));
		}
		assertThat(this.world.calls()).hasSizeLessThanOrEqualTo(2)
			.extracting(KvCall::kind)
			.containsOnly(KvCallKind.BULK_GET);
	}

	@Test
	@DisplayName("P1 without near cache a request still costs one read and no write")
	void oneReadPerRequestWithoutNearCache() {
		String id = this.writer.login((session) -> {
		});
		this.world.settle();
		Instance app = this.world
			.instance((repository) -> repository.setNearCache(NearCacheSettings.DEFAULT.withEnabled(false)));
		for (int i = 0; i < 5; i++) {
			this.world.pass(Duration.ofSeconds(10));
			this.world.forgetCalls();
			app.request(id, (session) -> {
			});
			assertThat(this.world.calls()).extracting(KvCall::kind).containsExactly(KvCallKind.BULK_GET);
		}
	}

	@Test
	@DisplayName("P1 a change costs one write, and the second save of the request nothing")
	void oneWriteForAChange() {
		String id = this.writer.login((session) -> {
		});
		this.world.pass(Duration.ofSeconds(2));
		this.world.forgetCalls();
		this.writer.change(id, "a", "1");
		assertThat(this.world.calls()).extracting(KvCall::kind).containsExactly(KvCallKind.PUT);
	}

	@Test
	@DisplayName("P1 a change of a session seen some seconds ago reads record and markers in one call")
	void oneReadAndOneWriteForAChangeOfAnOlderState() {
		String id = this.writer.login((session) -> {
		});
		this.world.pass(Duration.ofSeconds(20));
		this.world.forgetCalls();
		this.writer.change(id, "a", "1");
		assertThat(this.world.calls()).extracting(KvCall::kind).containsExactly(KvCallKind.BULK_GET, KvCallKind.PUT);
		assertThat(this.world.calls().get(0).keys()).hasSize(3);
	}

	@Test
	@DisplayName("P1 requests that ask for one session at the same time share one read")
	void concurrentReadsAreOne() {
		String id = this.writer.login((session) -> session.setAttribute("a", "1"));
		this.world.settle();
		Instance app = this.world.instance();
		this.world.forgetCalls();
		KvSession[] second = new KvSession[1];
		this.world.during(KvCallKind.BULK_GET, () -> second[0] = app.find(id));
		KvSession first = app.find(id);
		assertThat(second[0].<String>getAttribute("a")).isEqualTo(first.<String>getAttribute("a")).isEqualTo("1");
		assertThat(this.world.calls()).hasSize(1);
	}

	@Test
	@DisplayName("P1 an unknown id is read once by the finds of one request")
	void anUnknownIdCostsOneReadPerRequest() {
		String unknown = this.writer.create().getId();
		for (int i = 0; i < 4; i++) {
			assertThat(this.writer.find(unknown)).isNull();
		}
		assertThat(this.world.calls()).extracting(KvCall::kind).containsExactly(KvCallKind.BULK_GET);
	}

	@Test
	@DisplayName("P1 creating a session costs no read and one write; without save nothing")
	void creatingCostsOneWrite() {
		KvSession session = this.writer.create();
		session.setAttribute("a", "1");
		assertThat(this.world.calls()).isEmpty();
		this.writer.save(session);
		this.writer.save(session);
		assertThat(this.world.calls()).extracting(KvCall::kind).containsExactly(KvCallKind.PUT);
	}

}
