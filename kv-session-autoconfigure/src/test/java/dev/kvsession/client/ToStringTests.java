package dev.kvsession.client;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.kvsession.client.rest.Envelope;
import dev.kvsession.client.rest.Multipart;

import static org.assertj.core.api.Assertions.assertThat;

class ToStringTests {

	@DisplayName("P12 toString shows no token, key or value")
	@ParameterizedTest
	@MethodSource("objects")
	void showsNothingSecret(Object object) {
		assertThat(object.toString()).doesNotContain(TestConnections.TOKEN, TestConnections.VALUE, "S3cretId");
	}

	static Stream<Object> objects() {
		byte[] body = ScriptedTransport.error(1, TestConnections.KEY).getBytes(StandardCharsets.UTF_8);
		KvRequest request = new KvRequest("PUT", "/values/session%3AS3cretId", "text/plain", body);
		KvKeyPage.Key key = new KvKeyPage.Key(TestConnections.KEY, Instant.EPOCH, TestConnections.VALUE);
		Envelope envelope = Envelope.parse(body);
		return Stream.of(TestConnections.direct(), ErrorTable.pair(), request, key, new KvKeyPage(List.of(key), "c"),
				new KvResponse(200, Map.of("x", TestConnections.VALUE), body),
				new KvBulkResult(Set.of(TestConnections.KEY)), envelope, envelope.errors().get(0),
				Multipart.of(TestConnections.VALUE, TestConnections.KEY));
	}

}
