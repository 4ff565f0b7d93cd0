package dev.kvsession.session.look;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.session.FindByIndexNameSessionRepository;

import dev.kvsession.client.KvException;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.session.index.UserSession;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.session.settings.WriteMode;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvStaleness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What an instance does about its own writes when KV's readers have caught up.
 */
class SecondLookTests {

	/** KV caches for a minute, and each instance reads at a place of its own. */
	private static final KvStaleness APART = new KvStaleness(3, KvStaleness.Choice.BY_CLIENT, Duration.ofSeconds(60),
			Duration.ofMillis(10), Duration.ofMillis(10), 0, 0);

	private static final String PRINCIPAL = FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;

	private static final Duration THREE_MINUTES = Duration.ofMinutes(3);

	private final World world = new World(KvEmulatorSettings.realistic(1).withStaleness(APART));

	private final Instance one = this.world.instance();

	private final Instance two = this.world.instance();

	private String sharedSession() {
		String id = this.one.login((session) -> {
			session.setAttribute("a", "old");
			session.setAttribute("b", "old");
		});
		this.world.settle();
		this.one.find(id);
		this.two.find(id);
		return id;
	}

	private Object stored(String id, String name) {
		return World.CODEC.decodeAttribute(name, this.world.record(id).attributes().get(name));
	}

	private long counted(Instance instance, KvSessionEvent event) {
		return instance.repository().getStatistics().count(event);
	}

	@Test
	@DisplayName("P4 changes of different attributes made on two instances at the same time both survive")
	void bothSurvive() {
		String id = sharedSession();
		this.one.change(id, "a", "one");
		this.world.pass(Duration.ofSeconds(2));
		this.two.change(id, "b", "two");
		assertThat(stored(id, "a")).isEqualTo("old");
		this.world.pass(THREE_MINUTES);
		assertThat(stored(id, "a")).isEqualTo("one");
		assertThat(stored(id, "b")).isEqualTo("two");
		assertThat(counted(this.one, KvSessionEvent.SECOND_LOOK_MERGED)).isPositive();
		this.world.settle();
		assertThat(this.two.find(id).<String>getAttribute("a")).isEqualTo("one");
		assertThat(this.one.find(id).<String>getAttribute("b")).isEqualTo("two");
	}

	@Test
	@DisplayName("P7 an entry that KV did not take with its record is written again, so that both live as long")
	void entryOfHalfAWrite() {
		Instance indexed = this.world.indexed((repository) -> repository.setWriteMode(WriteMode.SYNC));
		String id = indexed.login((session) -> session.setAttribute(PRINCIPAL, "ada"));
		String entry = "user-sessions:ada:" + UserSession.handleOf(id);
		this.world.pass(Duration.ofMinutes(10));
		this.world.faults().every(KvFault.unsuccessfulKeys(entry::equals), KvCallKind.BULK_PUT);
		this.world.faults().every(KvFault.status(503), (call) -> call.keys().equals(List.of(entry)));
		assertThatThrownBy(() -> indexed.change(id, "a", "1")).isInstanceOf(KvException.class);
		this.world.faults().clear();
		assertThat(this.world.at(entry).expiresAt()).isBefore(this.world.at("session:" + id).expiresAt());
		this.world.settle();
		assertThat(this.world.at(entry).expiresAt()).isEqualTo(this.world.at("session:" + id).expiresAt());
	}

	@Test
	@DisplayName("P4 an own acknowledged change is not forgotten when another instance overwrites it")
	void ownChangeIsNotForgotten() {
		String id = sharedSession();
		this.one.change(id, "a", "one");
		this.world.pass(Duration.ofSeconds(2));
		this.two.change(id, "b", "two");
		this.world.pass(Duration.ofSeconds(65));
		KvSession found = this.one.find(id);
		assertThat(found.<String>getAttribute("a")).isEqualTo("one");
		this.world.pass(Duration.ofSeconds(10));
		this.one.change(id, "c", "three");
		assertThat(stored(id, "a")).isEqualTo("one");
		assertThat(stored(id, "b")).isEqualTo("two");
		assertThat(stored(id, "c")).isEqualTo("three");
	}

	@Test
	@DisplayName("P4 an attribute removed on one instance is not resurrected by a change on another")
	void removalSurvives() {
		String id = sharedSession();
		this.one.change(id, "a", null);
		this.world.pass(Duration.ofSeconds(2));
		this.two.change(id, "b", "two");
		assertThat(this.world.record(id).attributes()).containsKey("a");
		this.world.pass(THREE_MINUTES);
		assertThat(this.world.record(id).attributes()).containsOnlyKeys("b");
		assertThat(stored(id, "b")).isEqualTo("two");
	}

	@Test
	@DisplayName("P4 of one attribute the newest change wins, whichever was written last")
	void newestWins() {
		Instance behind = this.world.instance(Duration.ofSeconds(-5), (repository) -> {
		});
		String id = sharedSession();
		behind.find(id);
		this.world.pass(Duration.ofSeconds(10));
		this.one.request(id, (session) -> {
			session.setAttribute("a", "one");
			session.setAttribute("b", "one");
		});
		this.world.pass(Duration.ofSeconds(2));
		behind.request(id, (session) -> {
			session.setAttribute("a", "behind");
			session.setAttribute("c", "behind");
		});
		assertThat(stored(id, "a")).isEqualTo("behind");
		this.world.pass(THREE_MINUTES);
		assertThat(stored(id, "a")).isEqualTo("one");
		assertThat(stored(id, "b")).isEqualTo("one");
		assertThat(stored(id, "c")).isEqualTo("behind");
	}

	@Test
	@DisplayName("P5 a session that ended elsewhere and was revived by an update is ended for good")
	void revivedSessionEnds() {
		String id = sharedSession();
		this.one.delete(id);
		this.world.pass(Duration.ofSeconds(2));
		this.two.change(id, "b", "two");
		assertThat(this.world.truth(id)).isNotNull();
		this.world.pass(THREE_MINUTES);
		assertThat(this.world.truth(id)).isNull();
		assertThat(this.two.find(id)).isNull();
		assertThat(counted(this.two, KvSessionEvent.SECOND_LOOK_ENDED)).isOne();
		assertThat(this.world.markersOf(id)).hasSize(1);
		this.world.settle();
		assertThat(this.two.find(id)).isNull();
		assertThat(this.one.find(id)).isNull();
		assertThat(this.world.truth(id)).isNull();
	}

	@Test
	@DisplayName("P5 who has brought a session back reads its markers before writing the record that he finds again")
	void ownRevivalIsNoSignOfLife() {
		String id = sharedSession();
		this.one.delete(id);
		this.world.pass(Duration.ofSeconds(2));
		this.two.change(id, "b", "two");
		assertThat(this.world.truth(id)).isNotNull();
		this.world.pass(Duration.ofSeconds(65));
		KvSession found = this.two.find(id);
		assertThat(counted(this.two, KvSessionEvent.SECOND_LOOK)).isZero();
		found.setAttribute("b", "three");
		this.two.save(found);
		assertThat(this.two.find(id)).isNull();
		this.world.pass(Duration.ofSeconds(2));
		assertThat(this.world.truth(id)).isNull();
	}

	@Test
	@DisplayName("P5 changes that follow each other closely do not keep a session that ended elsewhere")
	void closeChangesDoNotRevive() {
		String id = sharedSession();
		this.one.delete(id);
		for (int i = 0; i < 20; i++) {
			this.world.pass(Duration.ofSeconds(3));
			KvSession found = this.two.find(id);
			if (found != null) {
				found.setAttribute("b", "value " + i);
				this.two.save(found);
			}
		}
		assertThat(counted(this.two, KvSessionEvent.SECOND_LOOK)).isZero();
		assertThat(this.world.truth(id)).isNotNull();
		this.world.pass(Duration.ofSeconds(3));
		KvSession found = this.two.find(id);
		found.setAttribute("b", "last");
		this.two.save(found);
		assertThat(this.two.find(id)).isNull();
		this.world.pass(Duration.ofSeconds(2));
		assertThat(this.world.truth(id)).isNull();
	}

	@Test
	@DisplayName("P5 a session that a touch has brought back is not changed when its end can be seen")
	void touchedSessionIsNotChanged() {
		String id = sharedSession();
		this.world.pass(Duration.ofHours(2));
		this.two.find(id);
		this.one.delete(id);
		this.two.request(id, (session) -> {
		});
		this.world.pass(Duration.ofSeconds(10));
		assertThat(this.world.truth(id)).isNotNull();
		this.world.pass(Duration.ofSeconds(65));
		KvSession found = this.two.find(id);
		found.setAttribute("b", "two");
		this.two.save(found);
		assertThat(this.two.find(id)).isNull();
		this.world.pass(Duration.ofSeconds(2));
		assertThat(this.world.truth(id)).isNull();
	}

	@Test
	@DisplayName("P5 a record that has vanished without a gone marker is not brought back")
	void absentIsLeftAlone() {
		String id = sharedSession();
		this.one.change(id, "a", "one");
		this.world.remove(id);
		this.world.settle();
		assertThat(this.world.truth(id)).isNull();
	}

	@Test
	@DisplayName("P4 P11 what could not be looked at during an outage is mended afterwards")
	void mendsAfterOutage() {
		String id = sharedSession();
		this.one.change(id, "a", "one");
		this.world.pass(Duration.ofSeconds(2));
		this.two.change(id, "b", "two");
		this.world.faults().every(KvFault.status(503));
		this.world.pass(Duration.ofHours(1));
		this.world.faults().clear();
		this.world.pass(Duration.ofMinutes(6));
		assertThat(stored(id, "a")).isEqualTo("one");
		assertThat(stored(id, "b")).isEqualTo("two");
	}

	@Test
	@DisplayName("P4 only the changes of a writer that crashes before its second look may be lost")
	void crashIsExcused() {
		String id = sharedSession();
		this.one.change(id, "a", "one");
		this.world.pass(Duration.ofSeconds(2));
		this.two.change(id, "b", "two");
		this.one.crash();
		this.world.pass(THREE_MINUTES);
		assertThat(stored(id, "a")).isEqualTo("old");
		assertThat(stored(id, "b")).isEqualTo("two");
		assertThat(this.two.find(id).<String>getAttribute("b")).isEqualTo("two");
	}

	@Test
	@DisplayName("P5 a write whose outcome is unknown is looked at, too")
	void unknownOutcomeIsLookedAt() {
		String id = sharedSession();
		KvSession open = this.two.find(id);
		this.one.delete(id);
		this.world.pass(Duration.ofSeconds(2));
		open.setAttribute("b", "two");
		this.world.faults().every(KvFault.lostAfterWrite(), KvCallKind.PUT);
		this.two.save(open);
		this.world.faults().clear();
		assertThat(this.world.truth(id)).isNotNull();
		this.world.pass(THREE_MINUTES);
		assertThat(this.world.truth(id)).isNull();
	}

}
