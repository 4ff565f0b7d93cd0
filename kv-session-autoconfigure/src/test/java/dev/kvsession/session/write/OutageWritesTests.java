package dev.kvsession.session.write;

import java.time.Duration;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.client.KvException;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.outage.OutageFixture;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.session.settings.NearCacheSettings;
import dev.kvsession.session.settings.WriteMode;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OutageWritesTests extends OutageFixture {

	@Test
	@DisplayName("P11 a login in an outage works here, and is written when KV is back")
	void newSession() {
		outage();
		String id = login();
		assertThat(this.app.find(id).<String>getAttribute("a")).isEqualTo("1");
		this.world.pass(Duration.ofMinutes(30));
		assertThat(this.app.find(id).<String>getAttribute("a")).isEqualTo("1");
		assertThat(this.app.repository().getPendingWrites()).isEqualTo(1);
		assertThat(this.app.repository().getPendingBytes()).isPositive();
		assertThat(count(KvSessionEvent.DEFERRED_WRITE)).isEqualTo(1);
		back();
		assertThat(this.world.record(id).attributes()).containsOnlyKeys("a");
		assertThat(this.app.repository().getPendingWrites()).isZero();
		assertThat(this.app.repository().getPendingBytes()).isZero();
		assertThat(this.world.instance().find(id)).isNotNull();
	}

	@Test
	@DisplayName("P11 changes in an outage are seen here, and become one write when KV is back")
	void changes() {
		String id = login();
		this.world.settle();
		this.app.find(id);
		outage();
		for (int i = 0; i < 20; i++) {
			set(id, "b" + i, "x");
			this.world.pass(Duration.ofSeconds(2));
		}
		assertThat(this.app.find(id).getAttributeNames()).hasSize(21);
		this.world.faults().clear();
		this.world.forgetCalls();
		this.world.settle();
		assertThat(this.world.record(id).attributes()).hasSize(21);
		assertThat(this.world.writesOf(id)).hasSize(1);
	}

	@Test
	@DisplayName("P11 a session that expires in the outage is not written")
	void expired() {
		outage();
		String id = this.app.login((session) -> session.setMaxInactiveInterval(Duration.ofMinutes(5)));
		this.world.pass(Duration.ofMinutes(10));
		back();
		assertThat(this.world.truth(id)).isNull();
		assertThat(count(KvSessionEvent.DROPPED_WRITE)).isEqualTo(1);
		assertThat(this.app.repository().getPendingWrites()).isZero();
	}

	@Test
	@DisplayName("P11 a crash loses what is held, and nothing else")
	void crash() {
		String id = login();
		this.world.settle();
		this.app.find(id);
		outage();
		set(id, "b", "2");
		String lost = login();
		this.app.crash();
		back();
		assertThat(this.world.instance().find(id).getAttributeNames()).containsExactly("a");
		assertThat(this.world.truth(lost)).isNull();
	}

	@Test
	@DisplayName("P11 when the memory is full a save fails and says so, and what was accepted is written")
	void bounded() {
		outage();
		String first = this.app.login((session) -> session.setAttribute("large", "x".repeat(5 * 1024 * 1024)));
		assertThatExceptionOfType(KvException.class)
			.isThrownBy(() -> this.app.login((session) -> session.setAttribute("large", "x".repeat(5 * 1024 * 1024))))
			.withMessageContaining("memory")
			.withMessageContaining("16 MB")
			.withMessageContaining("Try again");
		assertThat(this.app.repository().getPendingBytes()).isLessThan(PendingSessions.MAX_WEIGHT.toBytes());
		back();
		assertThat(this.world.truth(first)).isNotNull();
		assertThat(this.app.repository().getPendingBytes()).isZero();
	}

	@Test
	@DisplayName("P11 a change of id in an outage works here; KV gets the new id before the old one ends")
	void changeOfId() {
		String old = login();
		this.world.settle();
		KvSession session = this.app.find(old);
		outage();
		session.changeSessionId();
		this.app.save(session);
		assertThat(this.app.find(old)).isNull();
		assertThat(this.app.find(session.getId()).<String>getAttribute("a")).isEqualTo("1");
		this.world.forgetCalls();
		back();
		assertThat(this.world.truth(old)).isNull();
		assertThat(this.world.hasRenamedMarker(old)).isTrue();
		assertThat(this.world.record(session.getId()).attributes()).containsOnlyKeys("a");
		assertThat(this.world.calls(KvCallKind.PUT, KvCallKind.DELETE)).filteredOn((call) -> call.status() == 200)
			.extracting(KvCall::key)
			.containsExactly("session:" + session.getId(), "session-renamed:" + old, "session:" + old);
	}

	@Test
	@DisplayName("P11 a held login can change its id, too, and only the last id reaches KV")
	void changeOfIdOfAHeldSession() {
		outage();
		String held = login();
		KvSession session = this.app.find(held);
		session.changeSessionId();
		this.app.save(session);
		back();
		assertThat(this.app.find(held)).isNull();
		assertThat(this.world.storedKeys()).filteredOn((key) -> key.startsWith("session:"))
			.containsExactly("session:" + session.getId());
	}

	@Test
	@DisplayName("P3 a flush after an outage does not wait for the next repetition")
	void flushAfterAnOutage() {
		String id = login();
		this.world.settle();
		this.app.find(id);
		this.world.faults().every(KvFault.keyWrittenTooOften(), KvCallKind.PUT);
		set(id, "b", "2");
		this.world.pass(Duration.ofMinutes(9));
		this.world.faults().clear();
		assertThat(this.app.repository().flush(Duration.ofSeconds(5))).isZero();
		assertThat(this.world.record(id).attributes()).containsKey("b");
	}

	@Test
	@DisplayName("P3 in sync mode nothing is held: the save fails with what KV did")
	void sync() {
		Instance waiting = this.world.instance((repository) -> repository.setWriteMode(WriteMode.SYNC));
		outage();
		assertThatExceptionOfType(KvException.class)
			.isThrownBy(() -> waiting.login((session) -> session.setAttribute("a", "1")));
		assertThat(waiting.repository().getPendingWrites()).isZero();
		assertThat(waiting.repository().getPendingBytes()).isZero();
	}

	@Test
	@DisplayName("P3 what does not pass by itself fails a save in coalesce mode, too")
	void lastingFailure() {
		this.world.faults().every(KvFault.wrongToken());
		assertThatExceptionOfType(KvException.class).isThrownBy(this::login);
		assertThat(this.app.repository().getPendingBytes()).isZero();
	}

	@Test
	@DisplayName("P11 a session with accepted changes stays usable while KV is down, whatever stale-if-error says")
	void acceptedChangesStayUsable() {
		Instance strict = this.world.instance(
				(repository) -> repository.setNearCache(NearCacheSettings.DEFAULT.withStaleIfError(Duration.ZERO)));
		String id = strict.login((session) -> session.setAttribute("a", "1"));
		this.world.settle();
		KvSession session = strict.find(id);
		outage();
		session.setAttribute("b", "2");
		strict.save(session);
		this.world.pass(Duration.ofMinutes(10));
		assertThat(strict.find(id).<String>getAttribute("b")).isEqualTo("2");
	}

}
