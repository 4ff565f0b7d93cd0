package dev.kvsession.session.write;

import java.time.Duration;
import java.util.List;

import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.session.events.SessionDeletedEvent;

import dev.kvsession.client.KvException;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.session.record.GoneMarker;
import dev.kvsession.session.web.FilteredInstance;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvEmulatorSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session whose id one instance changes while another one ends it. KV is stale.
 */
class ChangeOfIdBesideAnEndTests {

	private final World world = new World(7);

	private final Instance here = this.world.instance();

	private final Instance elsewhere = this.world.instance();

	private String sharedSession() {
		String id = this.here.login((session) -> session.setAttribute("a", "1"));
		this.world.settle();
		this.here.find(id);
		this.elsewhere.find(id);
		return id;
	}

	private static String changeId(Instance instance, String id) {
		KvSession session = instance.find(id);
		session.changeSessionId();
		instance.save(session);
		return session.getId();
	}

	private void assertEnded(String... ids) {
		this.world.settle();
		this.world.settle();
		for (String id : ids) {
			assertThat(this.world.truth(id)).isNull();
			assertThat(this.here.find(id)).isNull();
			assertThat(this.elsewhere.find(id)).isNull();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 3, 20, 59, 61, 119 })
	@DisplayName("P5 a session deleted elsewhere before its id is changed ends, for good")
	void deletedBefore(int seconds) {
		String id = sharedSession();
		this.elsewhere.delete(id);
		this.world.pass(Duration.ofSeconds(seconds));
		KvSession session = this.here.find(id);
		if (session == null) {
			assertEnded(id);
			return;
		}
		session.changeSessionId();
		this.here.save(session);
		assertEnded(id, session.getId());
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 5, 30, 60, 100 })
	@DisplayName("P5 a session deleted elsewhere under its old id after that was changed ends, for good")
	void deletedAfter(int seconds) {
		String id = sharedSession();
		String renamed = changeId(this.here, id);
		this.world.pass(Duration.ofSeconds(seconds));
		this.elsewhere.delete(id);
		assertEnded(id, renamed);
	}

	@Test
	@DisplayName("P5 an end under any id of the last minutes ends the session under its present one")
	void deletedUnderAnEarlierId() {
		String first = sharedSession();
		String second = changeId(this.here, first);
		String third = changeId(this.here, second);
		this.elsewhere.delete(first);
		assertEnded(first, second, third);
		assertThat(this.world.hasMarker(third)).isTrue();
	}

	@Test
	@DisplayName("P5 an end under the first id ends the session that a second instance gave a third id")
	void deletedUnderAnEarlierIdOfAnotherInstance() {
		String first = sharedSession();
		String second = changeId(this.here, first);
		Instance third = this.world.instance();
		this.world.store(second, this.world.truth(second));
		String last = changeId(third, second);
		this.elsewhere.delete(first);
		assertEnded(first, second, last);
		assertThat(third.find(last)).isNull();
	}

	@Test
	@DisplayName("P5 an end under the old id is found also after an outage of a quarter of an hour")
	void deletedBeforeAnOutage() {
		String id = sharedSession();
		String renamed = changeId(this.here, id);
		this.elsewhere.delete(id);
		this.world.faults().every(KvFault.status(503));
		this.world.pass(Duration.ofMinutes(15));
		this.world.faults().clear();
		assertEnded(id, renamed);
	}

	@Test
	@DisplayName("P5 an end under an id that KV never got, but that its user was told, ends the session")
	void deletedUnderAnIdThatKvNeverGot() {
		this.world.faults().every(KvFault.status(503));
		while (this.here.engine().isAvailable()) {
			this.here.login((session) -> session.setAttribute("a", "0"));
		}
		String id = this.here.login((session) -> session.setAttribute("a", "1"));
		String renamed = changeId(this.here, id);
		this.world.faults().clear();
		this.elsewhere.delete(id);
		assertEnded(id, renamed);
	}

	@Test
	@DisplayName("P5 an update of the new id elsewhere does not bring back a session that ended under its old id")
	void updatedElsewhere() {
		String id = sharedSession();
		this.elsewhere.delete(id);
		String renamed = changeId(this.here, id);
		Instance third = this.world.instance();
		this.world.store(renamed, this.world.truth(renamed));
		third.change(renamed, "a", "2");
		assertEnded(id, renamed);
		assertThat(third.find(renamed)).isNull();
	}

	@Test
	@DisplayName("P5 an id deleted here right after another request has changed it ends the session")
	void deletedHereAfter() {
		String id = sharedSession();
		KvSession parallel = this.here.find(id);
		String renamed = changeId(this.here, id);
		this.here.delete(parallel.getId());
		assertThat(this.here.find(renamed)).isNull();
		assertEnded(id, renamed);
	}

	@Test
	@DisplayName("P5 a change of id alone ends nobody's session")
	void changedTwiceAndUsed() {
		String first = sharedSession();
		String second = changeId(this.here, first);
		this.world.pass(Duration.ofSeconds(70));
		String third = changeId(this.here, second);
		this.here.change(third, "a", "2");
		this.world.settle();
		this.world.settle();
		assertThat(this.world.record(third).attributes().get("a").raw()).contains("2");
		assertThat(this.elsewhere.find(third).<String>getAttribute("a")).isEqualTo("2");
		for (String old : List.of(first, second)) {
			assertThat(this.world.hasRenamedMarker(old)).isTrue();
			assertThat(this.world.hasMarker(old)).isFalse();
		}
	}

	@Test
	@DisplayName("P5 a marker of an earlier version that tells of a changed id ends the old id only")
	void markerOfAnEarlierVersion() {
		String id = sharedSession();
		String renamed = changeId(this.here, id);
		this.world.storeMarker(id, "{\"schema\": 1, \"at\": 1, \"reason\": \"renamed\"}");
		this.elsewhere.change(id, "a", "2");
		this.world.settle();
		assertThat(this.world.truth(id)).isNull();
		assertThat(this.here.find(renamed).<String>getAttribute("a")).isEqualTo("1");
		assertThat(this.world.truth(renamed)).isNotNull();
	}

	@Test
	@DisplayName("P5 whoever finds an id changed elsewhere neither writes it nor changes it again")
	void changedElsewhere() {
		String id = sharedSession();
		this.world.storeRenamedMarker(id, new GoneMarker(1, GoneMarker.Reason.RENAMED).toJson());
		this.world.pass(Duration.ofSeconds(10));
		this.world.forgetCalls();
		KvSession session = this.here.find(id);
		session.setAttribute("a", "2");
		this.here.save(session);
		KvSession other = this.elsewhere.find(id);
		other.changeSessionId();
		this.elsewhere.save(other);
		assertThat(this.world.calls(KvCallKind.PUT)).isEmpty();
		assertThat(this.here.find(id)).isNull();
		assertThat(this.elsewhere.find(other.getId())).isNull();
	}

	@Test
	@DisplayName("P3 a change of id whose markers cannot be read waits for KV and then looks at them")
	void markersCannotBeRead() {
		World strong = new World(KvEmulatorSettings.strong());
		Instance one = strong.instance();
		Instance two = strong.instance();
		String id = one.login((session) -> session.setAttribute("a", "1"));
		two.delete(id);
		KvSession session = one.find(id);
		session.changeSessionId();
		strong.faults().every(KvFault.status(503));
		try {
			one.save(session);
		}
		catch (KvException ex) {
			// As good.
		}
		strong.faults().clear();
		strong.settle();
		assertThat(strong.truth(session.getId())).isNull();
		assertThat(one.find(session.getId())).isNull();
	}

	@Test
	@DisplayName("P5 all looks at a session with a new id read the markers of its old one")
	void looks() {
		String id = sharedSession();
		String renamed = changeId(this.here, id);
		this.world.forgetCalls();
		this.world.settle();
		List<KvCall> looks = this.world.calls(KvCallKind.BULK_GET)
			.stream()
			.filter((call) -> call.keys().contains("session:" + renamed))
			.toList();
		assertThat(looks).hasSizeGreaterThanOrEqualTo(4)
			.allSatisfy((look) -> assertThat(look.keys()).contains("session-gone:" + id));
	}

	@Test
	@DisplayName("P5 a session that ends before its change of id was saved ends under the id that KV knows")
	void endedBeforeTheChangeIsSaved() {
		String id = sharedSession();
		KvSession session = this.here.find(id);
		session.changeSessionId();
		session.changeSessionId();
		this.here.delete(session.getId());
		assertThat(this.here.events(SessionDeletedEvent.class)).hasSize(1);
		assertThat(this.world.hasMarker(id)).isTrue();
		this.here.save(session);
		assertEnded(id, session.getId());
	}

	@Test
	@DisplayName("P5 a session that ends under its new id while that is being saved ends")
	void endedWhileTheChangeIsSaved() {
		String id = sharedSession();
		KvSession session = this.here.find(id);
		session.changeSessionId();
		this.world.during(KvCallKind.BULK_GET, () -> this.here.delete(session.getId()));
		this.here.save(session);
		assertEnded(id, session.getId());
	}

	@Test
	@DisplayName("P5 a logout by a parallel request, before KV is told of the change of id, ends what others made of that id")
	void deletedHereBeforeKvIsToldOfTheChange() throws Exception {
		String id = sharedSession();
		String theirs = changeId(this.elsewhere, id);
		MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");
		request.setCookies(new Cookie("SESSION", id));
		String[] ours = new String[1];
		new FilteredInstance(this.here).answer(request, (inner) -> ours[0] = inner.changeSessionId());
		this.here.delete(id);
		assertEnded(id, ours[0], theirs);
		assertThat(this.world.hasMarker(id)).isTrue();
	}

}
