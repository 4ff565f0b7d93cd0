package dev.kvsession.session.write;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.Stamp;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.record.Remains;
import dev.kvsession.session.record.SessionChange;
import dev.kvsession.session.record.Snapshot;
import dev.kvsession.session.write.PendingSession.State;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class PendingSessionTests {

	private static final SessionRecord RECORD = new SessionRecord(new Stamp(1, 0, "a"), Instant.EPOCH, Instant.EPOCH,
			null, Duration.ofMinutes(30), null, Map.of(), Map.of(), Map.of(), Map.of());

	private static final Map<State, Set<State>> TRANSITIONS = Map.of(State.NEW, EnumSet.of(State.QUEUED), State.QUEUED,
			EnumSet.of(State.WRITING, State.MOVING, State.OVER), State.WRITING,
			EnumSet.of(State.QUEUED, State.WITHDRAWN, State.REPEATING, State.OVER), State.WITHDRAWN,
			EnumSet.of(State.QUEUED, State.OVER), State.REPEATING, EnumSet.of(State.QUEUED, State.MOVING, State.OVER),
			State.MOVING, EnumSet.of(State.QUEUED, State.OVER), State.OVER, EnumSet.noneOf(State.class));

	static Stream<State[]> pairs() {
		return Arrays.stream(State.values())
			.flatMap((from) -> Arrays.stream(State.values()).map((to) -> new State[] { from, to }));
	}

	private static PendingSession queued(KvCallClass callClass) {
		PendingSession session = new PendingSession(
				new LiveSession("0123456789abcdef", new Snapshot(RECORD, 0, Map.of(), null), 0));
		session.join(PendingBatch.of(SessionChange.touch(Instant.EPOCH), callClass));
		session.queue();
		return session;
	}

	@ParameterizedTest
	@MethodSource("pairs")
	void onlyTransitionsOfTheTableAreAllowed(State from, State to) {
		assertThat(from.mayBecome(to)).isEqualTo(TRANSITIONS.get(from).contains(to));
	}

	@Test
	void changesThatAreBeingWrittenAreNotTakenToAnotherId() {
		PendingSession session = queued(KvCallClass.WRITE);
		session.begin(State.WRITING);
		assertThatIllegalStateException().isThrownBy(() -> session.begin(State.MOVING));
	}

	@Test
	void nothingBeginsOnceTheSessionHasEnded() {
		PendingSession session = queued(KvCallClass.WRITE);
		session.end();
		assertThatIllegalStateException().isThrownBy(() -> session.begin(State.WRITING));
	}

	@Test
	void onlyATouchIsWithdrawn() {
		PendingSession touch = queued(KvCallClass.TOUCH);
		PendingSession change = queued(KvCallClass.WRITE);
		touch.begin(State.WRITING);
		change.begin(State.WRITING);
		touch.withdraw();
		change.withdraw();
		assertThat(touch.isIn(State.WITHDRAWN)).isTrue();
		assertThat(change.isIn(State.WRITING)).isTrue();
	}

	@Test
	void aWithdrawnTouchIsWrittenWithTheChangeThatFollows() {
		PendingSession session = queued(KvCallClass.TOUCH);
		PendingBatch touch = session.begin(State.WRITING).batch();
		session.join(change());
		session.withdraw();
		session.takeBack(touch, State.QUEUED);
		PendingBatch both = session.begin(State.WRITING).batch();
		assertThat(both.callClass()).isEqualTo(KvCallClass.WRITE);
		both.done().complete(null);
		assertThat(touch.done()).isCompleted();
	}

	@Test
	@DisplayName("P3 after a write that KV took, a session counts neither as deferred nor as failing")
	void aWriteEndsAnOutage() {
		PendingSession session = queued(KvCallClass.WRITE);
		session.defer();
		assertThat(session.fail()).isOne();
		session.begin(State.WRITING);
		session.written();
		assertThat(session.isDeferred()).isFalse();
		assertThat(session.fail()).isOne();
	}

	@Test
	@DisplayName("P5 the ids to end go with the changes to the new id, and are not ended again by what follows")
	void idsToEndMoveOnce() {
		PendingSession session = new PendingSession(
				new LiveSession("0123456789abcdef", new Snapshot(RECORD, 0, Map.of(), null), 0), RECORD,
				Map.of("fedcba9876543210", Remains.UNKNOWN), Duration.ZERO, false);
		session.join(change());
		session.queue();
		assertThat(session.begin(State.MOVING).predecessors()).containsOnlyKeys("fedcba9876543210");
		session.join(change());
		assertThat(session.next()).isNotNull();
		assertThat(session.begin(State.WRITING).predecessors()).isEmpty();
	}

	private static PendingBatch change() {
		return PendingBatch.of(SessionChange.touch(Instant.EPOCH), KvCallClass.WRITE);
	}

}
