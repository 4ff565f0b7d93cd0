package dev.kvsession.session.read;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

import dev.kvsession.client.KvAuthorizationException;
import dev.kvsession.client.KvException;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.session.settings.KvSessionStatistics;
import dev.kvsession.session.settings.NearCacheSettings;
import dev.kvsession.session.settings.WriteMode;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class StaleIfErrorTests {

	private static final Consumer<KvSession> NOTHING = (session) -> {
	};

	private final World world = new World();

	private Instance app(boolean enabled, Duration staleIfError) {
		return this.world
			.instance((repository) -> repository.setNearCache(NearCacheSettings.DEFAULT.withEnabled(enabled)
				.withMaxWeight(DataSize.ofMegabytes(1))
				.withStaleIfError(staleIfError)));
	}

	private static long count(Instance app) {
		return app.repository().getStatistics().count(KvSessionEvent.STALE_SERVED);
	}

	static Stream<KvFault> outages() {
		return Stream.of(KvFault.status(503), KvFault.status(500), KvFault.resetBefore(), KvFault.quotaExhausted(),
				KvFault.throttled(Duration.ofMinutes(5)), KvFault.html(200), KvFault.status(407));
	}

	@ParameterizedTest
	@MethodSource("outages")
	@DisplayName("P11 with KV down a session seen lately goes on working for four hours, and not longer")
	void servedForFourHours(KvFault outage) {
		Instance app = this.world.instance();
		String id = app.login((session) -> session.setAttribute("a", "1"));
		this.world.faults().every(outage);
		for (int i = 0; i < 23; i++) {
			this.world.pass(Duration.ofMinutes(10));
			assertThat(app.find(id).<String>getAttribute("a")).isEqualTo("1");
		}
		assertThat(count(app)).isEqualTo(23);
		assertThat(app.repository().getEffectiveAge()).isGreaterThan(Duration.ofHours(3));
		this.world.pass(Duration.ofMinutes(20));
		assertThatExceptionOfType(KvException.class).isThrownBy(() -> app.find(id));
	}

	@Test
	@DisplayName("P11 one request waits for a KV that is down, the next ones of the session do not")
	void onlyOneWaits() {
		Instance app = this.world.instance();
		String id = app.login(NOTHING);
		this.world.pass(Duration.ofMinutes(10));
		this.world.faults().every(KvFault.status(503));
		Instant before = this.world.now();
		app.request(id, NOTHING);
		assertThat(this.world.now()).isAfter(before);
		for (int i = 0; i < 500; i++) {
			this.world.pass(Duration.ofSeconds(2));
			before = this.world.now();
			app.request(id, NOTHING);
			assertThat(this.world.now()).isEqualTo(before);
		}
		assertThat(app.repository().getStatistics().count(KvSessionEvent.NEAR_CACHE_MISS)).isZero();
	}

	@Test
	@DisplayName("P11 a session is read as soon as KV answers again")
	void recovery() {
		Instance app = this.world.instance();
		String id = app.login((session) -> session.setAttribute("a", "1"));
		this.world.pass(Duration.ofMinutes(5));
		this.world.faults().every(KvFault.status(503));
		app.request(id, NOTHING);
		this.world.faults().clear();
		this.world.instance().change(id, "a", "2");
		this.world.settle();
		assertThat(app.find(id).<String>getAttribute("a")).isEqualTo("2");
		long stale = count(app);
		app.request(id, NOTHING);
		assertThat(count(app)).isEqualTo(stale);
	}

	@Test
	@DisplayName("P11 after a save that failed the session is served as it was known, also when KV stays away")
	void afterAFailedSave() {
		Instance app = this.world.instance((repository) -> repository.setWriteMode(WriteMode.SYNC));
		String id = app.login((session) -> session.setAttribute("a", "1"));
		this.world.pass(Duration.ofMinutes(5));
		KvSession session = app.find(id);
		this.world.faults().every(KvFault.quotaExhausted());
		session.setAttribute("a", "2");
		assertThatExceptionOfType(KvException.class).isThrownBy(() -> app.save(session));
		assertThat(app.find(id).<String>getAttribute("a")).isEqualTo("1");
	}

	@Test
	@DisplayName("P5 what ended here, and P7 what has expired, is not served in an outage")
	void endedAndExpired() {
		Instance app = this.world.instance();
		String ended = app.login(NOTHING);
		String expired = app.login((session) -> session.setMaxInactiveInterval(Duration.ofMinutes(5)));
		String live = app.login(NOTHING);
		this.world.faults().every(KvFault.status(503));
		app.delete(ended);
		this.world.pass(Duration.ofMinutes(10));
		assertThat(app.find(ended)).isNull();
		assertThat(app.find(expired)).isNull();
		assertThat(app.find(live)).isNotNull();
	}

	@Test
	@DisplayName("P8 a wrong token is no outage: it fails, and is not hidden behind what memory holds")
	void wrongToken() {
		Instance app = this.world.instance();
		String id = app.login(NOTHING);
		this.world.pass(Duration.ofMinutes(5));
		this.world.faults().every(KvFault.wrongToken());
		assertThatExceptionOfType(KvAuthorizationException.class).isThrownBy(() -> app.find(id));
	}

	@Test
	@DisplayName("P11 zero switches it off")
	void off() {
		Instance app = app(true, Duration.ZERO);
		String id = app.login(NOTHING);
		this.world.pass(Duration.ofMinutes(10));
		this.world.faults().every(KvFault.status(503));
		assertThatExceptionOfType(KvException.class).isThrownBy(() -> app.find(id));
	}

	@Test
	@DisplayName("P11 without near cache own writes are all there is to serve")
	void withoutNearCache() {
		Instance app = app(false, Duration.ofHours(4));
		String old = app.login(NOTHING);
		this.world.pass(Duration.ofMinutes(20));
		String young = app.login(NOTHING);
		this.world.faults().every(KvFault.status(503));
		this.world.pass(Duration.ofSeconds(90));
		assertThat(app.find(young)).isNotNull();
		assertThatExceptionOfType(KvException.class).isThrownBy(() -> app.find(old));
	}

	@Test
	@DisplayName("P11 the log is told once per outage")
	void oneWarning(CapturedOutput output) {
		Instance app = this.world.instance();
		String id = app.login(NOTHING);
		for (int outage = 1; outage <= 2; outage++) {
			this.world.faults().every(KvFault.status(503));
			for (int i = 0; i < 100; i++) {
				this.world.pass(Duration.ofSeconds(10));
				app.request(id, NOTHING);
			}
			assertThat(StringUtils.countOccurrencesOf(output.getAll(), "served from memory")).isEqualTo(outage);
			assertThat(output.getAll()).doesNotContain(id);
			this.world.faults().clear();
			this.world.pass(Duration.ofMinutes(5));
			app.request(id, NOTHING);
		}
	}

	@Test
	void eachLookUpIsCountedOnce() {
		Instance app = app(true, Duration.ofHours(4));
		String id = app.login(NOTHING);
		this.world.pass(Duration.ofMinutes(10));
		this.world.faults().every(KvFault.status(503), KvCallKind.values());
		for (int i = 0; i < 20; i++) {
			assertThat(app.find(id)).isNotNull();
			this.world.pass(Duration.ofSeconds(1));
		}
		assertThat(count(app)).isEqualTo(20);
		KvSessionStatistics statistics = app.repository().getStatistics();
		assertThat(statistics.count(KvSessionEvent.NEAR_CACHE_HIT)).isZero();
		assertThat(statistics.count(KvSessionEvent.NEAR_CACHE_MISS)).isZero();
	}

}
