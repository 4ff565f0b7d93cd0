package dev.kvsession.session.outage;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.Test;

import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvBulkResult;
import dev.kvsession.client.KvCallObserver;
import dev.kvsession.client.KvClient;
import dev.kvsession.client.KvKeyPage;
import dev.kvsession.client.KvPair;
import dev.kvsession.client.KvRuntime;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.SecureSessionIdGenerator;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A user's own client may throw instead of failing its stages.
 */
class FailingClientTests {

	private final KvSessionRepository repository = new KvSessionRepository(new KvEngine(new ThrowingClient(),
			KvBudget.UNLIMITED, KvRuntime.system(new World().time()::schedule), KvCallObserver.NOOP),
			new World().instance().runtime(), World.CODEC);

	private final String id = new SecureSessionIdGenerator().generate();

	@Test
	void eachReadFailsAndNoneHangs() {
		for (int i = 0; i < 3; i++) {
			assertThatIllegalStateException().isThrownBy(() -> this.repository.findById(this.id))
				.withMessage("thrown at once");
		}
	}

	@Test
	void eachSaveFailsAndNoneHangs() {
		KvSession session = this.repository.createSession();
		for (int i = 0; i < 3; i++) {
			assertThatIllegalStateException().isThrownBy(() -> this.repository.save(session))
				.withMessage("thrown at once");
		}
	}

	private static final class ThrowingClient implements KvClient {

		private static <T> CompletionStage<T> fail() {
			throw new IllegalStateException("thrown at once");
		}

		@Override
		public CompletionStage<Optional<String>> get(String key) {
			return fail();
		}

		@Override
		public CompletionStage<Map<String, String>> getAll(Collection<String> keys) {
			return fail();
		}

		@Override
		public CompletionStage<Void> put(KvPair pair) {
			return fail();
		}

		@Override
		public CompletionStage<KvBulkResult> putAll(Collection<KvPair> pairs) {
			return fail();
		}

		@Override
		public CompletionStage<Void> delete(String key) {
			return fail();
		}

		@Override
		public CompletionStage<KvBulkResult> deleteAll(Collection<String> keys) {
			return fail();
		}

		@Override
		public CompletionStage<KvKeyPage> list(String prefix, String cursor, int limit) {
			return fail();
		}

	}

}
