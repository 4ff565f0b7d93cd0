package dev.kvsession.session.settings;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.session.FlushMode;
import org.springframework.session.SaveMode;

import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.World;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class RepositorySettingsTests {

	private final World world = new World();

	static List<Consumer<KvSessionRepository>> setters() {
		return List.of((repository) -> repository.setKeyPrefix("x:"),
				(repository) -> repository.setDefaultMaxInactiveInterval(Duration.ofDays(1)),
				(repository) -> repository.setExpiration(SessionExpiration.FIXED),
				(repository) -> repository.setMaxLifetime(Duration.ofDays(1)),
				(repository) -> repository.setAnonymousTimeout(Duration.ofMinutes(10)),
				(repository) -> repository.setTouchInterval(Duration.ofDays(1)),
				(repository) -> repository.setFlushMode(FlushMode.IMMEDIATE),
				(repository) -> repository.setSaveMode(SaveMode.ALWAYS),
				(repository) -> repository.setNearCache(NearCacheSettings.DEFAULT),
				(repository) -> repository.setOnReadFailure(ReadFailurePolicy.NO_SESSION),
				(repository) -> repository.setOnUnreadable(UnreadablePolicy.FAIL),
				(repository) -> repository.setSessionIdGenerator(new SecureSessionIdGenerator()),
				(repository) -> repository.setSessionClaims((authentication) -> Map.of()),
				(repository) -> repository.setApplicationEventPublisher((event) -> {
				}));
	}

	@ParameterizedTest
	@MethodSource("setters")
	void canBeSetBeforeTheFirstUseAndNotAfterwards(Consumer<KvSessionRepository> setter) {
		Instance app = this.world.instance(setter);
		app.find(new SecureSessionIdGenerator().generate());
		assertThatIllegalStateException().isThrownBy(() -> setter.accept(app.repository()))
			.withMessageContaining("in use");
	}

	@Test
	void badValuesAreRefused() {
		KvSessionRepository repository = this.world.instance().repository();
		assertThatIllegalArgumentException().isThrownBy(() -> repository.setMaxLifetime(Duration.ZERO));
		assertThatIllegalArgumentException().isThrownBy(() -> repository.setAnonymousTimeout(Duration.ofSeconds(599)))
			.withMessageContaining("at least 10 minutes");
		assertThatIllegalArgumentException().isThrownBy(() -> repository.setTouchInterval(Duration.ofSeconds(-1)));
		assertThatIllegalArgumentException().isThrownBy(() -> repository.setKeyPrefix(""));
		assertThatIllegalArgumentException().isThrownBy(() -> repository.setDefaultMaxInactiveInterval(null));
	}

	@Test
	void thePrefixNamesRecordsAndMarkers() {
		Instance app = this.world.instance((repository) -> repository.setKeyPrefix("shop:session:"));
		String id = app.login((session) -> {
		});
		assertThat(this.world.storedKeys()).containsExactly("shop:session:" + id);
		app.delete(id);
		assertThat(this.world.storedKeys()).containsExactly("shop:session-gone:" + id);
	}

	@Test
	void theGeneratorMakesTheIds() {
		AtomicInteger number = new AtomicInteger();
		Instance app = this.world.instance((repository) -> repository
			.setSessionIdGenerator(() -> "my-own-session-id-" + number.incrementAndGet()));
		KvSession session = app.create();
		assertThat(session.getId()).isEqualTo("my-own-session-id-1");
		app.save(session);
		session.changeSessionId();
		app.save(session);
		assertThat(app.find("my-own-session-id-2")).isNotNull();
	}

	@Test
	void aGeneratorWhoseIdsWouldNeverBeFoundIsRefusedWhenItIsUsed() {
		Instance app = this.world.instance((repository) -> repository.setSessionIdGenerator(() -> "short"));
		assertThatIllegalStateException().isThrownBy(app::create)
			.withMessageContaining("SessionIdGenerator")
			.withMessageNotContaining("short");
	}

}
