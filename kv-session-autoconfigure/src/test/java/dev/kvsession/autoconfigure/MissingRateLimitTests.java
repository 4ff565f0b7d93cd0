package dev.kvsession.autoconfigure;

import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.kvsession.client.KvClient;
import dev.kvsession.client.KvRateLimit;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class MissingRateLimitTests {

	private static final String WARNING = "does not override KvClient.rateLimit()";

	@Test
	@DisplayName("P10 a client that hides what KV says of the token is named where calls are limited")
	void namesTheClient(CapturedOutput output) {
		start(new InMemoryKvClient(), 600);
		assertThat(output).contains(InMemoryKvClient.class.getName() + " " + WARNING);
	}

	@Test
	void saysNothingWhereCallsAreNotLimited(CapturedOutput output) {
		start(new InMemoryKvClient(), 0);
		assertThat(output).doesNotContain(WARNING);
	}

	@Test
	void saysNothingOfClientsThatPassItOn(CapturedOutput output) {
		start(new Telling(), 600);
		SessionContexts.started(SessionContexts.configured())
			.withPropertyValues("cloudflare.kv.budget.calls=600")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain(WARNING);
	}

	private static void start(KvClient client, int calls) {
		SessionContexts.started(SessionContexts.unconfigured())
			.withBean(KvClient.class, () -> client)
			.withPropertyValues("cloudflare.kv.budget.calls=" + calls)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private static final class Telling extends InMemoryKvClient {

		@Override
		public Optional<KvRateLimit> rateLimit() {
			return Optional.empty();
		}

	}

}
