package dev.kvsession.session.outage;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallObserver;
import dev.kvsession.client.KvConnection;
import dev.kvsession.client.KvException;
import dev.kvsession.client.KvResponse;
import dev.kvsession.client.KvRuntime;
import dev.kvsession.client.ThreadKvScheduler;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.client.rest.RestKvClient;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.SecureSessionIdGenerator;
import dev.kvsession.test.KvEmulatorCore;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Something in between answers 200 in KV's place.
 */
class ForeignAnswersTests {

	@ParameterizedTest
	@CsvSource({ "text/plain,upstream connect error", "text/plain,<html>Sign in</html>",
			"Text/HTML,<html>Sign in</html>", "application/octet-stream,''", "application/json,{\"error\":\"login\"}",
			"application/json,{\"success\":true}", "application/json,'{\"success\":true,\"result\":{\"values\":{}}}'",
			"application/json,'{\"success\":true,\"result\":{\"values\":{\"session:another\":null}}}'" })
	@DisplayName("P8 a foreign answer with status 200 is a failure, not a missing session")
	void isNoMissingSession(String contentType, String body) {
		KvResponse foreign = new KvResponse(200, Map.of("content-type", contentType),
				body.getBytes(StandardCharsets.UTF_8));
		KvConnection connection = new KvConnection(KvEmulatorCore.ACCOUNT_ID, KvEmulatorCore.NAMESPACE_ID, "token");
		try (ThreadKvScheduler scheduler = new ThreadKvScheduler();
				RestKvClient client = new RestKvClient(connection,
						(request) -> CompletableFuture.completedFuture(foreign), InstantSource.system())) {
			KvSessionRepository repository = new KvSessionRepository(
					new KvEngine(client, KvBudget.UNLIMITED, KvRuntime.system(scheduler), KvCallObserver.NOOP),
					scheduler, World.CODEC);
			String id = new SecureSessionIdGenerator().generate();
			assertThatExceptionOfType(KvException.class).isThrownBy(() -> repository.findById(id));
		}
	}

}
