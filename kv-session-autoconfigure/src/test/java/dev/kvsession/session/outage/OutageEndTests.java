package dev.kvsession.session.outage;

import java.time.Duration;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What waits in an outage, and what happens to the session meanwhile.
 */
class OutageEndTests extends OutageFixture {

	@Test
	@DisplayName("P11 what waits is merged with what another instance wrote meanwhile")
	void mergesWithOthers() {
		String id = login();
		this.world.settle();
		Instance other = this.world.instance();
		this.world.faults().every(KvFault.status(503), KvCallKind.PUT);
		set(id, "here", "x");
		this.world.faults().clear();
		other.change(id, "there", "y");
		back();
		assertThat(this.world.record(id).attributes()).containsOnlyKeys("a", "here", "there");
	}

	@Test
	@DisplayName("P11 changes of a session that has ended elsewhere meanwhile are dropped")
	void endedElsewhere() {
		String id = login();
		this.world.settle();
		Instance other = this.world.instance();
		this.world.faults().every(KvFault.status(503), KvCallKind.PUT);
		set(id, "here", "x");
		this.world.faults().clear();
		other.delete(id);
		back();
		assertThat(this.world.truth(id)).isNull();
		assertThat(this.app.find(id)).isNull();
		assertThat(count(KvSessionEvent.DROPPED_WRITE)).isEqualTo(1);
	}

	@Test
	@DisplayName("P5 P11 a logout in an outage holds here at once, drops what waits, and reaches KV later, once")
	void logout() {
		String id = login();
		this.world.settle();
		this.app.find(id);
		outage();
		set(id, "b", "2");
		this.app.delete(id);
		assertThat(this.app.find(id)).isNull();
		this.world.pass(Duration.ofMinutes(20));
		this.world.forgetCalls();
		back();
		assertThat(this.world.truth(id)).isNull();
		assertThat(this.world.markersOf(id)).filteredOn((call) -> call.status() == 200).hasSize(1);
		assertThat(this.app.repository().getPendingWrites()).isZero();
	}

	@Test
	@DisplayName("P5 P11 a logout after a held change of id ends both ids")
	void logoutAfterAChangeOfId() {
		String old = login();
		this.world.settle();
		KvSession session = this.app.find(old);
		outage();
		session.changeSessionId();
		this.app.save(session);
		this.app.delete(session.getId());
		back();
		assertThat(this.world.storedKeys()).noneMatch((key) -> key.startsWith("session:"));
		assertThat(this.app.find(session.getId())).isNull();
	}

	@Test
	@DisplayName("P5 a gone marker that KV has is not written again when only the delete has to be repeated")
	void markerOnce() {
		String id = login();
		this.world.settle();
		this.world.faults().every(KvFault.status(503), KvCallKind.DELETE);
		this.app.delete(id);
		this.world.pass(Duration.ofMinutes(20));
		assertThat(this.world.markersOf(id)).hasSize(1);
		back();
		assertThat(this.world.truth(id)).isNull();
	}

	@Test
	@DisplayName("P11 what failed and what was accepted meanwhile both survive")
	void failedAndFollowing() {
		String id = login();
		this.world.settle();
		this.app.find(id);
		this.world.faults().every(KvFault.status(503), KvCallKind.PUT);
		this.world.during(KvCallKind.PUT, () -> set(id, "following", "x"));
		set(id, "failed", "x");
		back();
		assertThat(this.world.record(id).attributes()).containsOnlyKeys("a", "failed", "following");
	}

	@Test
	@DisplayName("P5 P11 a gone marker is looked for before a held change is written, whatever record KV still shows")
	void endedElsewhereAndStillShown() {
		String id = login();
		this.world.settle();
		String record = this.world.truth(id);
		Instance other = this.world.instance();
		this.world.faults().every(KvFault.status(503), KvCallKind.PUT);
		set(id, "here", "x");
		this.world.faults().clear();
		other.delete(id);
		this.world.store(id, record);
		this.world.forgetCalls();
		this.world.settle();
		assertThat(this.world.writesOf(id)).extracting(KvCall::kind).doesNotContain(KvCallKind.PUT);
		assertThat(this.app.find(id)).isNull();
	}

	@Test
	@DisplayName("P5 P11 a session that was ended elsewhere does not come back under the id it was given in an outage")
	void renamedAndEndedElsewhere() {
		String old = login();
		this.world.settle();
		Instance other = this.world.instance();
		KvSession session = this.app.find(old);
		this.world.faults().every(KvFault.status(503), KvCallKind.PUT);
		session.changeSessionId();
		this.app.save(session);
		this.world.faults().clear();
		other.delete(old);
		this.world.settle();
		assertThat(this.world.truth(session.getId())).isNull();
		assertThat(this.app.find(session.getId())).isNull();
	}

	@Test
	@DisplayName("P5 a logout withdraws the repetitions of a write that KV did not take")
	void logoutWithdrawsRepetitions() {
		String id = login();
		this.world.settle();
		this.app.find(id);
		this.world.forgetCalls();
		this.world.faults().every(KvFault.status(503), KvCallKind.PUT);
		this.world.during(KvCallKind.PUT, () -> this.app.delete(id));
		set(id, "b", "2");
		back();
		assertThat(this.world.writesOf(id)).extracting(KvCall::kind)
			.filteredOn((kind) -> kind == KvCallKind.PUT)
			.hasSize(1);
		assertThat(this.world.truth(id)).isNull();
	}

}
