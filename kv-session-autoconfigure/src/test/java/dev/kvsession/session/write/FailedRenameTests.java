package dev.kvsession.session.write;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.SessionEngine;
import dev.kvsession.session.World;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.settings.WriteMode;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvEmulatorSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What waits beside a change of id, when that fails.
 */
class FailedRenameTests {

	private final World world = new World(KvEmulatorSettings.strong());

	private final Instance app = this.world.instance();

	private static CompletableFuture<Optional<LiveSession>> save(SessionEngine sessions, KvSession session) {
		return sessions.save(session.draft(), Duration.ZERO);
	}

	private static CompletableFuture<?> change(SessionEngine sessions, LiveSession live, String name) {
		KvSession session = Instance.open(sessions, live);
		session.setAttribute(name, "1");
		return save(sessions, session);
	}

	private static CompletableFuture<?> rename(SessionEngine sessions, LiveSession live) {
		KvSession session = Instance.open(sessions, live);
		session.changeSessionId();
		return save(sessions, session);
	}

	private LiveSession created(SessionEngine sessions) {
		KvSession session = Instance.create(sessions);
		session.setAttribute("a", "1");
		save(sessions, session);
		this.world.pass(Duration.ofMillis(2500));
		return sessions.known(session.getId());
	}

	private void recover() {
		this.world.pass(Duration.ofSeconds(6));
		this.world.faults().clear();
		this.world.pass(Duration.ofMinutes(40));
	}

	@Test
	@DisplayName("P3 each save is answered though a change of id that took it along has failed")
	void eachIsAnswered() {
		SessionEngine sessions = this.app.sessions(WriteMode.SYNC);
		LiveSession live = created(sessions);
		change(sessions, live, "first");
		this.world.pass(Duration.ofMillis(200));
		CompletableFuture<?> second = change(sessions, live, "second");
		this.world.faults().every(KvFault.status(503), KvCallKind.PUT);
		CompletableFuture<?> renamed = rename(sessions, live);
		this.world.pass(Duration.ofMillis(500));
		CompletableFuture<?> third = change(sessions, live, "third");
		recover();
		assertThat(renamed).isCompletedExceptionally();
		assertThat(third).isDone();
		assertThat(second).isDone();
	}

	@Test
	@DisplayName("P3 nor does one that waits for its turn wait for ever when KV refuses the token")
	void eachIsAnsweredWhenTheTokenIsRefused() {
		SessionEngine sessions = this.app.sessions(WriteMode.COALESCE);
		LiveSession live = created(sessions);
		this.world.faults().every(KvFault.wrongToken(), KvCallKind.PUT);
		change(sessions, live, "first");
		this.world.pass(Duration.ofMillis(300));
		live.freshness().known(this.app.runtime().clock().millis());
		CompletableFuture<?> second = change(sessions, live, "second");
		CompletableFuture<?> renamed = rename(sessions, live);
		CompletableFuture<?> third = change(sessions, live, "third");
		recover();
		assertThat(List.of(second, renamed, third)).allSatisfy((save) -> assertThat(save).isDone());
	}

	@Test
	@DisplayName("P5 a change of id that waited for KV still ends the old id after another one failed beside a change")
	void unwrittenSession() {
		SessionEngine sessions = this.app.sessions(WriteMode.COALESCE);
		LiveSession first = created(sessions);
		this.world.faults().every(KvFault.status(503));
		KvSession login = Instance.open(sessions, first);
		login.changeSessionId();
		save(sessions, login);
		this.world.pass(Duration.ofMinutes(3));
		LiveSession live = sessions.known(login.getId());
		assertThat(live.isUnwritten()).isTrue();
		this.world.faults().clear();
		this.world.faults().every(KvFault.wrongToken(), KvCallKind.PUT);
		this.world.pass(Duration.ofMinutes(3));
		CompletableFuture<?> renamed = rename(sessions, live);
		change(sessions, live, "other");
		assertThat(renamed).isNotDone();
		recover();
		assertThat(renamed).isCompletedExceptionally();
		assertThat(this.world.truth(live.id())).contains("\"a\"", "\"other\"");
		assertThat(this.world.truth(first.id())).isNull();
		assertThat(this.world.hasRenamedMarker(first.id())).isTrue();
		assertThat(sessions.pendingWrites()).isZero();
	}

	@Test
	@DisplayName("P3 thousands of changes of id with one cookie all end")
	void thousands() {
		SessionEngine sessions = this.app.sessions(WriteMode.COALESCE);
		LiveSession live = created(sessions);
		List<CompletableFuture<?>> all = new ArrayList<>();
		for (int i = 0; i < 8000; i++) {
			all.add(rename(sessions, live));
		}
		this.world.pass(Duration.ofMinutes(1));
		assertThat(all.stream().filter(CompletableFuture::isDone).count()).isEqualTo(8000);
	}

}
