package dev.kvsession.client;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.kvsession.client.rest.RestKvClient;
import dev.kvsession.test.VirtualTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BulkTests {

	private final ScriptedTransport transport = new ScriptedTransport();

	private final VirtualTime time = new VirtualTime();

	private final RestKvClient client = new RestKvClient(TestConnections.direct(), this.transport, this.time);

	@Test
	void refusesMoreThanOneCallCarries() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.getAll(keys(101)));
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.deleteAll(keys(10_001)));
		List<KvPair> pairs = keys(10_001).stream().map((key) -> new KvPair(key, "v", null)).toList();
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.putAll(pairs));
		assertThat(this.transport.requests()).isEmpty();
	}

	@Test
	void refusesPairsThatTogetherAreTooLong() {
		// Escaped, each of these characters takes six bytes.
		KvPair escaped = new KvPair("big", "\u0001".repeat(KvLimits.MAX_BULK_BYTES / 6), null);
		Failed.failure(this.client.putAll(List.of(escaped)), KvRequestRefusedException.class);
		assertThat(this.transport.requests()).isEmpty();
	}

	private static List<String> keys(int count) {
		return IntStream.range(0, count).mapToObj((number) -> "k" + number).toList();
	}

}
