package dev.kvsession.benchmarks.load;

import java.time.Duration;
import java.util.Base64;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.core.serializer.support.SerializationDelegate;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.session.MapSession;
import org.springframework.session.SessionRepository;
import org.springframework.util.Assert;
import org.springframework.util.SerializationUtils;
import org.springframework.web.client.RestClient;

import dev.kvsession.test.KvEmulatorCore;

/**
 * KV as one would use it at first: a GET for each find, a PUT for each save.
 */
final class NaiveKvRepository implements SessionRepository<MapSession> {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final RestClient client;

	NaiveKvRepository(String baseUrl) {
		JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory();
		factory.setReadTimeout(TIMEOUT);
		this.client = RestClient.builder()
			.requestFactory(factory)
			.baseUrl(baseUrl + "/accounts/" + KvEmulatorCore.ACCOUNT_ID + "/storage/kv/namespaces/"
					+ KvEmulatorCore.NAMESPACE_ID + "/values")
			.defaultHeaders((headers) -> headers.setBearerAuth(KvEmulatorCore.API_TOKEN))
			.build();
	}

	@Override
	public MapSession createSession() {
		return new MapSession();
	}

	@Override
	public void save(MapSession session) {
		String text = Base64.getEncoder().encodeToString(Objects.requireNonNull(SerializationUtils.serialize(session)));
		this.client.put()
			.uri("/session:{id}?expiration_ttl=604800", session.getId())
			.body(text)
			.retrieve()
			.toBodilessEntity();
	}

	@Override
	public @Nullable MapSession findById(String id) {
		String text = this.client.get().uri("/session:{id}", id).retrieve().body(String.class);
		Assert.state(text != null, "The naive store found an empty value");
		return deserialize(text);
	}

	private static MapSession deserialize(String text) {
		try {
			return (MapSession) new SerializationDelegate(NaiveKvRepository.class.getClassLoader())
				.deserializeFromByteArray(Base64.getDecoder().decode(text));
		}
		catch (java.io.IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	@Override
	public void deleteById(String id) {
		this.client.delete().uri("/session:{id}", id).retrieve().toBodilessEntity();
	}

}
