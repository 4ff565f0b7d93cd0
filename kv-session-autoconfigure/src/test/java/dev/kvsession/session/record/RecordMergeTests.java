package dev.kvsession.session.record;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.Stamp;
import dev.kvsession.codec.StoredAttribute;
import dev.kvsession.session.settings.SecurityContexts;
import dev.kvsession.session.settings.SessionExpiration;

import static org.assertj.core.api.Assertions.assertThat;

class RecordMergeTests {

	private static final Instant START = Instant.ofEpochMilli(1_790_000_000_000L);

	private static final Lifetimes LIFETIMES = new Lifetimes(SessionExpiration.SLIDING, Duration.ofDays(30),
			Duration.ofMinutes(5));

	private static final String[] NAMES = { "a", "b", SecurityContexts.ATTRIBUTE };

	static LongStream seeds() {
		return LongStream.range(0, 500);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	@DisplayName("P4 merging is commutative, associative and idempotent")
	void algebra(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		SessionRecord a = random(random);
		SessionRecord b = random(random);
		SessionRecord c = random(random);
		assertThat(merge(a, b)).isEqualTo(merge(b, a));
		assertThat(merge(merge(a, b), c)).isEqualTo(merge(a, merge(b, c)));
		assertThat(merge(a, a)).isEqualTo(a);
		assertThat(merge(merge(a, b), b)).isEqualTo(merge(a, b));
	}

	@ParameterizedTest
	@MethodSource("seeds")
	@DisplayName("P4 a merge lacks nothing that either record has")
	void mergeLacksNothing(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		SessionRecord a = random(random);
		SessionRecord b = random(random);
		SessionRecord merged = merge(a, b);
		assertThat(RecordMerge.lacks(merged, a)).isFalse();
		assertThat(RecordMerge.lacks(merged, b)).isFalse();
		boolean same = merged.attributes().equals(a.attributes())
				&& merged.maxInactiveInterval().equals(a.maxInactiveInterval());
		assertThat(RecordMerge.lacks(a, b) || same).isTrue();
	}

	@Test
	@DisplayName("P4 of each attribute the newest stamp wins, removals included")
	void newestOfEach() {
		SessionRecord one = record(at(9), Map.of("a", stored(5, "one"), "b", stored(2, "one")), Map.of("c", at(4)));
		SessionRecord two = record(at(8), Map.of("a", stored(3, "two"), "c", stored(3, "two"), "d", stored(1, "two")),
				Map.of("b", at(7)));
		SessionRecord merged = merge(one, two);
		assertThat(merged.attributes()).containsOnly(Map.entry("a", stored(5, "one")),
				Map.entry("d", stored(1, "two")));
		assertThat(merged.removed()).containsOnly(Map.entry("b", at(7)), Map.entry("c", at(4)));
		assertThat(merged.rev()).isEqualTo(at(9));
	}

	@Test
	@DisplayName("P7 the end is computed from the later access and the newer interval")
	void endIsRecomputed() {
		SessionRecord one = new SessionRecord(at(9), START, START.plusSeconds(9), START.plusSeconds(69),
				Duration.ofMinutes(1), at(9), Map.of(), Map.of(), Map.of(), Map.of());
		SessionRecord two = new SessionRecord(at(8), START.plusSeconds(1), START.plusSeconds(30),
				START.plusSeconds(3630), Duration.ofHours(1), at(3), Map.of(), Map.of(), Map.of(), Map.of());
		SessionRecord merged = merge(one, two);
		assertThat(merged.maxInactiveInterval()).isEqualTo(Duration.ofMinutes(1));
		assertThat(merged.createdAt()).isEqualTo(START);
		assertThat(merged.lastAccessedAt()).isEqualTo(START.plusSeconds(30));
		assertThat(merged.expiresAt()).isEqualTo(START.plusSeconds(90));
	}

	@Test
	@DisplayName("P4 claims come with the security context that won, also if it was removed")
	void claimsFollowTheLogin() {
		SessionRecord login = claims(at(5), Map.of("userId", "u"),
				Map.of(SecurityContexts.ATTRIBUTE, stored(5, "login")), Map.of());
		SessionRecord later = claims(at(9), Map.of(), Map.of("a", stored(9, "later")), Map.of());
		SessionRecord logout = claims(at(7), Map.of(), Map.of(), Map.of(SecurityContexts.ATTRIBUTE, at(7)));
		assertThat(merge(login, later).claims()).containsOnlyKeys("userId");
		assertThat(merge(merge(login, later), logout).claims()).isEmpty();
		assertThat(merge(login, logout).attributes()).isEmpty();
	}

	@Test
	void unknownFieldsComeFromTheHigherStamp() {
		SessionRecord newer = record(at(9), Map.of(), Map.of());
		SessionRecord older = record(at(8), Map.of("a", stored(8, "x")), Map.of());
		assertThat(merge(older, newer).unknown()).isEqualTo(newer.unknown());
	}

	@Test
	@DisplayName("P4 a removal that a record has forgotten for its age is not missed")
	void forgottenRemovals() {
		SessionRecord held = record(at(10), Map.of(), Map.of("a", at(5)));
		assertThat(RecordMerge.lacks(record(at(9), Map.of(), Map.of()), held)).isTrue();
		assertThat(RecordMerge.lacks(record(at(606), Map.of(), Map.of()), held)).isFalse();
		assertThat(RecordMerge.lacks(record(at(606), Map.of("a", stored(4, "x")), Map.of()), held)).isTrue();
	}

	private static SessionRecord merge(SessionRecord one, SessionRecord other) {
		return new RecordMerge(one, other).merged(LIFETIMES);
	}

	private static Stamp at(long seconds) {
		return new Stamp(START.plusSeconds(seconds).toEpochMilli(), 0, "w");
	}

	private static StoredAttribute stored(long at, String value) {
		return new StoredAttribute(at(at), "json", '"' + value + '"');
	}

	private static SessionRecord record(Stamp rev, Map<String, StoredAttribute> attributes,
			Map<String, Stamp> removed) {
		return claims(rev, Map.of(), attributes, removed);
	}

	private static SessionRecord claims(Stamp rev, Map<String, Object> claims, Map<String, StoredAttribute> attributes,
			Map<String, Stamp> removed) {
		return new SessionRecord(rev, START, START, START.plus(Duration.ofDays(7)), Duration.ofDays(7), null, claims,
				attributes, removed, Map.of("future", rev.toString()));
	}

	/**
	 * A stamp says what was done with it, as a writer's clock guarantees.
	 */
	private static SessionRecord random(SplittableRandom random) {
		Map<String, StoredAttribute> attributes = new LinkedHashMap<>();
		Map<String, Stamp> removed = new LinkedHashMap<>();
		Map<String, Object> claims = Map.of();
		for (String name : NAMES) {
			int at = random.nextInt(12);
			if (at % 3 == 0) {
				removed.put(name, at(at));
			}
			else if (at % 3 == 1) {
				attributes.put(name, stored(at, "value " + at));
				claims = name.equals(SecurityContexts.ATTRIBUTE) ? Map.of("userId", "user " + at) : claims;
			}
		}
		int interval = random.nextInt(4);
		Duration idle = Duration.ofMinutes(10 + interval);
		Instant createdAt = START.minusSeconds(random.nextInt(3));
		Instant accessedAt = START.plusSeconds(random.nextInt(100));
		return new SessionRecord(at(12 + random.nextInt(100)), createdAt, accessedAt,
				LIFETIMES.expiresAt(createdAt, accessedAt, idle, !claims.isEmpty()), idle,
				(interval > 0) ? at(interval) : null, claims, attributes, removed, Map.of());
	}

}
