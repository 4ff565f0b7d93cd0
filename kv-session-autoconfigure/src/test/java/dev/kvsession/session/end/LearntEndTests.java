package dev.kvsession.session.end;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.session.events.SessionDeletedEvent;

import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.handoff.HandoffFixture;
import dev.kvsession.session.record.GoneMarker;
import dev.kvsession.session.settings.SessionIdHash;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An instance that learns of an end elsewhere while it writes the session, by a handoff
 * whose read sees the marker.
 */
class LearntEndTests extends HandoffFixture {

	private String sharedSession() throws Exception {
		set(this.first, "a", "1");
		String id = id();
		this.world.settle();
		this.world.store(id, this.world.truth(id));
		return id;
	}

	/*
	 * The first server hands over a change; then it ends the session, without the browser
	 * noticing, and all see the marker.
	 */
	private void changedAndEnded(String id) throws Exception {
		set(this.first, "a", "2");
		Map<String, String> before = Map.copyOf(this.cookies);
		this.first.app().delete(id);
		this.world.showMarker(id);
		this.cookies.putAll(before);
	}

	private void endElsewhere(String id) {
		try {
			changedAndEnded(id);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void learn() {
		try {
			assertThat(shown(this.second, "a")).isEqualTo("none");
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/*
	 * A request whose session ends elsewhere before it is saved, so shortly before that
	 * the state counts as recent.
	 */
	private KvSession endedElsewhere(String id) throws Exception {
		KvSession session = this.second.app().find(id);
		changedAndEnded(id);
		session.setAttribute("b", "1");
		return session;
	}

	@Test
	@DisplayName("P5 an end learnt while an own write is on its way removes what that write brings back")
	void learntDuringAWrite() throws Exception {
		String id = sharedSession();
		KvSession session = endedElsewhere(id);
		this.world.forgetCalls();
		this.world.during(KvCallKind.PUT, this::learn);
		this.second.app().save(session);
		assertThat(this.world.writesOf(id)).isNotEmpty();
		this.world.settle();
		assertThat(this.world.truth(id)).isNull();
		assertThat(this.second.app().find(id)).isNull();
	}

	@Test
	@DisplayName("P5 an end learnt right after an own write was answered removes what that write brought back")
	void learntAfterAWrite() throws Exception {
		String id = sharedSession();
		this.second.app().save(endedElsewhere(id));
		assertThat(this.world.truth(id)).isNotNull();
		learn();
		this.world.settle();
		assertThat(this.world.truth(id)).isNull();
		assertThat(this.second.app().events(SessionDeletedEvent.class)).hasSize(1);
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	@DisplayName("P13 the log says of a record left over from an end elsewhere that it could not be removed")
	void leftOver(CapturedOutput output) throws Exception {
		String id = sharedSession();
		this.second.app().save(endedElsewhere(id));
		this.world.faults().every(KvFault.status(503), KvCallKind.DELETE);
		learn();
		this.world.settle();
		assertThat(output)
			.contains("The record of session " + SessionIdHash.of(id)
					+ ", which has ended elsewhere, could not be removed")
			.doesNotContain("has ended here");
		this.world.faults().clear();
		this.world.settle();
		assertThat(this.world.truth(id)).isNull();
	}

	@Test
	@DisplayName("P5 a change made after KV has shown no record asks for the markers before it is written")
	void learntBeforeAWriteOfWhatKvDoesNotShow() throws Exception {
		String id = sharedSession();
		this.first.app().change(id, "a", "2");
		this.world.store(id, this.world.truth(id));
		assertThat(shown(this.second, "a")).isNotNull();
		this.second.app().find(id);
		this.world.pass(Duration.ofSeconds(40));
		this.first.app().delete(id);
		this.world.showMarker(id);
		this.world.remove(id);
		KvSession session = this.second.app().find(id);
		assertThat(session).as("KV need not have seen a record that is 40 seconds old").isNotNull();
		session.setAttribute("b", "1");
		this.world.forgetCalls();
		this.second.app().save(session);
		assertThat(this.world.writesOf(id)).isEmpty();
		assertThat(this.second.app().find(id)).isNull();
		assertThat(this.second.app().events(SessionDeletedEvent.class)).hasSize(1);
	}

	@Test
	@DisplayName("P5 a first record whose write may have happened is removed when its session turns out to have ended")
	void firstRecordOfUnknownOutcome() {
		Instance app = this.first.app();
		KvSession session = app.create();
		session.setAttribute("a", "1");
		this.world.faults().every(KvFault.lostAfterWrite(), KvCallKind.PUT);
		app.save(session);
		this.world.faults().clear();
		this.world.storeMarker(session.getId(), new GoneMarker(1, GoneMarker.Reason.DELETED).toJson());
		this.world.settle();
		this.world.settle();
		assertThat(this.world.truth(session.getId())).isNull();
		assertThat(List.of(app.repository().getPendingWrites())).containsExactly(0);
		assertThat(app.events(SessionDeletedEvent.class)).hasSize(1);
	}

	@Test
	@DisplayName("P5 a request that ends its session does not find it again, also if it had ended elsewhere meanwhile")
	void endedTwice() throws Exception {
		String id = sharedSession();
		request(this.second, (request) -> {
			request.getSession();
			// On another thread, for the other instance is not in this request.
			CompletableFuture.runAsync(() -> endElsewhere(id)).join();
			learn();
			assertThat(this.second.app().find(id)).isNotNull();
			this.second.app().delete(id);
			assertThat(this.second.app().find(id)).isNull();
		});
		assertThat(this.second.app().events(SessionDeletedEvent.class)).hasSize(1);
	}

	@Test
	@DisplayName("P5 a request does not go on with a session that ended elsewhere once another one ends it here")
	void endedByAnother() throws Exception {
		String id = sharedSession();
		request(this.second, (request) -> {
			request.getSession();
			CompletableFuture.runAsync(() -> endElsewhere(id)).join();
			learn();
			CompletableFuture.runAsync(() -> this.second.app().delete(id)).join();
			assertThat(this.second.app().find(id)).isNull();
		});
		assertThat(this.second.app().events(SessionDeletedEvent.class)).hasSize(1);
	}

}
