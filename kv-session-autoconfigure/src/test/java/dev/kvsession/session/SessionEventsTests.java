package dev.kvsession.session;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.springframework.session.events.AbstractSessionEvent;
import org.springframework.session.events.SessionCreatedEvent;
import org.springframework.session.events.SessionDeletedEvent;
import org.springframework.session.events.SessionExpiredEvent;

import dev.kvsession.client.KvException;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SessionEventsTests {

	private final World world = new World();

	private final Instance app = this.world.instance();

	private final Instance elsewhere = this.world.instance();

	private String login(Duration interval) {
		return this.app.login((session) -> {
			session.setAttribute("a", "1");
			session.setMaxInactiveInterval(interval);
		});
	}

	@Test
	void aCreationIsToldOnceWhenTheSessionIsSaved() {
		KvSession session = this.app.create();
		session.setAttribute("a", "1");
		assertThat(this.app.events(Object.class)).isEmpty();
		this.app.save(session);
		session.setAttribute("b", "1");
		this.app.save(session);
		assertThat(this.app.events(Object.class)).hasSize(1);
		SessionCreatedEvent event = this.app.events(SessionCreatedEvent.class).get(0);
		assertThat(event.getSessionId()).isEqualTo(session.getId());
		assertThat(event.getSession().<String>getAttribute("a")).isEqualTo("1");
		assertThat(event.getSource()).isSameAs(this.app.repository());
	}

	@Test
	void aDeletionIsToldOnceWithTheSession() {
		String id = login(Duration.ofDays(7));
		this.app.delete(id);
		this.app.delete(id);
		assertThat(this.app.events(SessionDeletedEvent.class)).hasSize(1);
		SessionDeletedEvent event = this.app.events(SessionDeletedEvent.class).get(0);
		assertThat(event.getSessionId()).isEqualTo(id);
		assertThat(event.getSession().<String>getAttribute("a")).isEqualTo("1");
		assertThat(this.app.events(SessionExpiredEvent.class)).isEmpty();
	}

	@Test
	void aDeletionThatKvDoesNotTakeIsToldAllTheSame() {
		String id = login(Duration.ofDays(7));
		this.world.faults().every(KvFault.wrongToken(), KvCallKind.DELETE);
		assertThatExceptionOfType(KvException.class).isThrownBy(() -> this.app.delete(id));
		assertThat(this.app.events(SessionDeletedEvent.class)).hasSize(1);
	}

	@Test
	void anExpiryIsToldOnceWhenSomebodyAsks() {
		String id = login(Duration.ofSeconds(10));
		this.world.pass(Duration.ofSeconds(11));
		assertThat(this.app.events(SessionExpiredEvent.class)).isEmpty();
		assertThat(this.app.find(id)).isNull();
		assertThat(this.app.find(id)).isNull();
		assertThat(this.app.events(SessionExpiredEvent.class)).hasSize(1);
		SessionExpiredEvent event = this.app.events(SessionExpiredEvent.class).get(0);
		assertThat(event.getSessionId()).isEqualTo(id);
		assertThat(event.getSession().<String>getAttribute("a")).isEqualTo("1");
	}

	@Test
	void anExpiryIsToldOnceThoughKvStillHasTheRecordAndIsAskedAgain() {
		String id = login(Duration.ofSeconds(10));
		this.world.pass(Duration.ofSeconds(11));
		for (int i = 0; i < 10; i++) {
			assertThat(this.app.find(id)).isNull();
			this.world.pass(Duration.ofSeconds(4));
		}
		assertThat(this.world.truth(id)).isNotNull();
		assertThat(this.app.events(SessionExpiredEvent.class)).hasSize(1);
	}

	@Test
	void anExpiryIsToldThoughKvHasForgottenTheRecord() {
		String id = login(Duration.ofMinutes(10));
		this.world.pass(Duration.ofHours(1));
		assertThat(this.world.truth(id)).isNull();
		assertThat(this.app.find(id)).isNull();
		assertThat(this.app.find(id)).isNull();
		assertThat(this.app.events(SessionExpiredEvent.class)).hasSize(1);
	}

	@Test
	void anExpiryIsToldAsOneThoughTheFirstToAskFindsNoRecord() {
		String id = login(Duration.ofMinutes(10));
		this.world.pass(Duration.ofMinutes(10).plusSeconds(5));
		assertThat(this.world.truth(id)).isNull();
		assertThat(this.app.find(id)).isNull();
		assertThat(this.app.events(SessionExpiredEvent.class)).hasSize(1);
		assertThat(this.app.events(SessionDeletedEvent.class)).isEmpty();
	}

	@Test
	void aChangeOfIdIsNoEvent() {
		String id = login(Duration.ofDays(7));
		KvSession session = this.app.find(id);
		session.changeSessionId();
		this.app.save(session);
		this.app.find(id);
		assertThat(this.app.events(AbstractSessionEvent.class)).hasSize(1)
			.allMatch((event) -> event instanceof SessionCreatedEvent);
	}

	private String sharedSession() {
		String id = login(Duration.ofDays(7));
		this.world.settle();
		this.app.find(id);
		return id;
	}

	private void assertToldOnce(String... ids) {
		this.world.settle();
		for (String id : ids) {
			assertThat(this.app.find(id)).isNull();
			this.app.delete(id);
		}
		assertThat(this.app.events(SessionDeletedEvent.class)).extracting(AbstractSessionEvent::getSessionId)
			.containsExactlyInAnyOrder(ids);
		assertThat(this.app.events(SessionExpiredEvent.class)).isEmpty();
	}

	@Test
	void anEndElsewhereIsToldWhenARequestFindsNoRecord() {
		String id = sharedSession();
		this.elsewhere.delete(id);
		this.world.settle();
		assertThat(this.app.events(SessionDeletedEvent.class)).isEmpty();
		assertThat(this.app.find(id)).isNull();
		SessionDeletedEvent event = this.app.events(SessionDeletedEvent.class).get(0);
		assertThat(event.getSession().<String>getAttribute("a")).isEqualTo("1");
		assertToldOnce(id);
	}

	@Test
	void anEndElsewhereIsToldWhenARefreshFindsNoRecord() {
		String id = sharedSession();
		this.elsewhere.delete(id);
		for (int i = 0; i < 60 && this.app.events(SessionDeletedEvent.class).isEmpty(); i++) {
			assertThat(this.app.find(id)).isNotNull();
			this.world.pass(Duration.ofSeconds(5));
		}
		assertToldOnce(id);
	}

	@Test
	void anEndElsewhereIsToldWhenASecondLookFindsTheMarker() {
		String id = sharedSession();
		this.app.change(id, "b", "1");
		this.elsewhere.delete(id);
		this.world.settle();
		assertThat(this.app.events(SessionDeletedEvent.class)).hasSize(1);
		assertToldOnce(id);
	}

	@Test
	void aListenerThatFailsDoesNotDisturbWhoLearnsOfTheEnd() {
		Instance failing = this.world.instance((repository) -> repository.setApplicationEventPublisher((event) -> {
			throw new IllegalStateException("A listener has failed");
		}));
		String id = this.elsewhere.login((session) -> session.setAttribute("a", "1"));
		this.world.settle();
		assertThat(failing.find(id)).isNotNull();
		this.elsewhere.delete(id);
		this.world.settle();
		assertThat(failing.find(id)).isNull();
	}

	@Test
	void anEndElsewhereUnderTheOldIdIsToldOfTheNewOne() {
		String id = sharedSession();
		KvSession session = this.app.find(id);
		session.changeSessionId();
		this.app.save(session);
		this.elsewhere.delete(id);
		this.world.settle();
		assertThat(this.app.events(SessionDeletedEvent.class)).hasSize(1);
		assertToldOnce(session.getId());
	}

	@Test
	void aChangeOfIdElsewhereIsToldAsTheEndOfTheOldId() {
		String id = sharedSession();
		KvSession session = this.elsewhere.find(id);
		session.changeSessionId();
		this.elsewhere.save(session);
		this.world.settle();
		assertThat(this.app.find(session.getId())).isNotNull();
		assertToldOnce(id);
	}

	@Test
	void anEndElsewhereOfASessionThatIsNotInMemoryIsNotTold() {
		String id = this.elsewhere.login((session) -> session.setAttribute("a", "1"));
		this.world.settle();
		this.elsewhere.delete(id);
		this.world.settle();
		assertThat(this.app.find(id)).isNull();
		assertThat(this.app.events(Object.class)).isEmpty();
	}

	@Test
	void endsOfUnknownSessionsAreNotTold() {
		String unknown = this.app.create().getId();
		this.app.find(unknown);
		this.app.delete(unknown);
		assertThat(this.app.events(Object.class)).isEmpty();
	}

}
