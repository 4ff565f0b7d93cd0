package dev.kvsession.session.web;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Collectors;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.CapturedLog;
import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallObserver;
import dev.kvsession.client.KvConnection;
import dev.kvsession.client.KvException;
import dev.kvsession.client.KvRuntime;
import dev.kvsession.client.ThreadKvScheduler;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.client.http.ClientKind;
import dev.kvsession.client.http.RestClientTransport;
import dev.kvsession.client.http.TransportLimits;
import dev.kvsession.client.rest.RestKvClient;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.SecureSessionIdGenerator;
import dev.kvsession.test.KvEmulator;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvEmulatorSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything at TRACE, the HTTP client included, down to its connections.
 */
class SilentLogTests {

	private static final String VALUE = "canary-attribute-value";

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	@RegisterExtension
	private final CapturedLog log = CapturedLog.traced(org.slf4j.Logger.ROOT_LOGGER_NAME);

	@ParameterizedTest
	@ValueSource(strings = { "JDK", "APACHE" })
	@DisplayName("P12 with root at TRACE neither token nor session id nor attribute value is logged")
	void nothingShows(String client) {
		try (KvEmulator emulator = KvEmulator.start(KvEmulatorSettings.strong());
				ThreadKvScheduler scheduler = new ThreadKvScheduler()) {
			KvConnection connection = connection(emulator);
			try (RestClientTransport transport = ClientKind.valueOf(client)
				.create(connection, TIMEOUT, TIMEOUT, scheduler, TransportLimits.DEFAULT)) {
				KvSessionRepository repository = repository(connection, transport, scheduler);
				String id = use(repository);
				emulator.faults().every(KvFault.foreign(403, "text/plain", "denied"));
				KvSession other = repository.createSession();
				other.setAttribute("a", VALUE);
				failing(() -> repository.save(other));
				failing(() -> repository.findById(new SecureSessionIdGenerator().generate()));
				assertThat(text()).contains(client.equals("APACHE") ? "org.apache.hc" : "")
					.doesNotContain(connection.apiToken(), id, other.getId(), VALUE);
			}
		}
	}

	private static String use(KvSessionRepository repository) {
		KvSession session = repository.createSession();
		session.setAttribute("a", VALUE);
		repository.save(session);
		String first = session.getId();
		session.changeSessionId();
		repository.save(session);
		repository.deleteById(session.getId());
		return first;
	}

	private static void failing(Runnable call) {
		try {
			call.run();
		}
		catch (KvException ex) {
			assertThat(ex).hasMessageNotContaining(VALUE);
		}
	}

	private static KvConnection connection(KvEmulator emulator) {
		return new KvConnection(URI.create(emulator.baseUrl()), emulator.accountId(), emulator.namespaceId(),
				emulator.apiToken());
	}

	private static KvSessionRepository repository(KvConnection connection, RestClientTransport transport,
			ThreadKvScheduler scheduler) {
		RestKvClient client = new RestKvClient(connection, transport, InstantSource.system());
		return new KvSessionRepository(
				new KvEngine(client, KvBudget.UNLIMITED, KvRuntime.system(scheduler), KvCallObserver.NOOP), scheduler,
				World.CODEC);
	}

	private String text() {
		return this.log.events()
			.stream()
			.map((event) -> event.getLoggerName() + " " + event.getFormattedMessage() + " " + event.getThrowableProxy())
			.collect(Collectors.joining("\n"));
	}

}
