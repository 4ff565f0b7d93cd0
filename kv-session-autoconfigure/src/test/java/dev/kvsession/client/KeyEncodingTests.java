package dev.kvsession.client;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.kvsession.client.rest.RestKvClient;
import dev.kvsession.test.VirtualTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class KeyEncodingTests {

	private final ScriptedTransport transport = new ScriptedTransport();

	private final VirtualTime time = new VirtualTime();

	private final RestKvClient client = new RestKvClient(TestConnections.direct(), this.transport, this.time);

	@ParameterizedTest
	@MethodSource("dev.kvsession.client.KeySamples#encoded")
	void encodesAllButUnreservedBytes(String key, String expected) {
		this.client.delete(key);
		assertThat(this.transport.request(0)).isEqualTo("DELETE /values/" + expected);
	}

	@ParameterizedTest
	@MethodSource("dev.kvsession.client.KeySamples#refused")
	void refusesKeysBeforeAnythingIsSent(String key) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.get(key));
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.delete(key));
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.getAll(List.of("good", key)));
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.deleteAll(List.of("good", key)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.client.put(new KvPair(key, "value", Duration.ofMinutes(1))));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.client.putAll(List.of(new KvPair(key, "value", Duration.ofMinutes(1)))));
		assertThat(this.transport.requests()).isEmpty();
	}

}
