package dev.kvsession.benchmarks.users;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.session.MapSession;
import org.springframework.session.PrincipalNameIndexResolver;
import org.springframework.util.unit.DataSize;

import dev.kvsession.benchmarks.store.GitHubSessions;
import dev.kvsession.client.KvBudget;
import dev.kvsession.codec.JdkFallback;
import dev.kvsession.codec.JsonSessionCodec;
import dev.kvsession.codec.SessionIndexes;
import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.Stamp;
import dev.kvsession.codec.StoredAttribute;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.SimulatedRepository;
import dev.kvsession.session.settings.NearCacheSettings;
import dev.kvsession.test.VirtualKv;

/**
 * Instances of an application in virtual time, and the sessions that they read and write:
 * the real repository, engine and client over the virtual KV.
 */
final class VirtualInstance {

	private static final Duration WEEK = Duration.ofDays(7);

	static final JsonSessionCodec CODEC = new JsonSessionCodec(VirtualInstance.class.getClassLoader(), List.of(),
			JdkFallback.OFF);

	/**
	 * Holds 10,000 logins with GitHub, which the default of 64 MB does not.
	 */
	static final DataSize NEAR_CACHE = DataSize.ofMegabytes(256);

	private VirtualInstance() {
	}

	/**
	 * Starts an instance.
	 * @param name its name in stamps
	 * @param kv the virtual KV
	 * @param turns waits on behalf of requests
	 * @param budget its share of the token's calls
	 * @param distance what each call takes longer than the virtual KV says
	 * @return its repository
	 */
	static KvSessionRepository start(String name, VirtualKv kv, Turns turns, KvBudget budget,
			Supplier<Duration> distance) {
		return start(name, kv, turns, budget, distance, false);
	}

	static KvSessionRepository start(String name, VirtualKv kv, Turns turns, KvBudget budget,
			Supplier<Duration> distance, boolean indexed) {
		KvSessionRepository repository = indexed
				? SimulatedRepository.indexed(name, kv, distance, budget, turns::await, CODEC)
				: SimulatedRepository.create(name, kv, distance, budget, turns::await, CODEC);
		repository.setNearCache(NearCacheSettings.DEFAULT.withMaxWeight(NEAR_CACHE));
		return repository;
	}

	/**
	 * Encodes a login with GitHub as another instance stores it.
	 * @param lastUsed when it was last used
	 * @param indexed whether that instance has an index
	 * @return the record
	 */
	static byte[] record(Instant lastUsed, boolean indexed) {
		Stamp at = new Stamp(lastUsed.toEpochMilli(), 0, "elsewhere");
		String record = CODEC.encode(
				new SessionRecord(at, lastUsed, lastUsed, lastUsed.plus(WEEK), WEEK, null, Map.of("userId", "583231"),
						Map.of(GitHubSessions.CONTEXT,
								CODEC.encodeAttribute(GitHubSessions.CONTEXT, GitHubSessions.context(1), at)),
						Map.of(), Map.of(), indexed ? indexes(at) : null));
		return record.getBytes(StandardCharsets.UTF_8);
	}

	private static SessionIndexes indexes(Stamp at) {
		MapSession session = new MapSession();
		session.setAttribute(GitHubSessions.CONTEXT, GitHubSessions.context(1));
		return new SessionIndexes(new PrincipalNameIndexResolver<>().resolveIndexesFor(session), at,
				Instant.ofEpochMilli(at.millis()), Map.of());
	}

	/**
	 * Decodes an attribute.
	 * @param record a session's record, or {@code null}
	 * @param attribute the attribute's name
	 * @return its value, or {@code null} if there is none
	 */
	static @Nullable Object value(@Nullable String record, String attribute) {
		StoredAttribute value = (record != null) ? CODEC.decode(record).attributes().get(attribute) : null;
		return (value != null) ? CODEC.decodeAttribute(attribute, value) : null;
	}

}
