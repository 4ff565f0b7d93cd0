package dev.kvsession.session.record;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.Stamp;
import dev.kvsession.codec.StoredAttribute;
import dev.kvsession.session.settings.SecurityContexts;
import dev.kvsession.session.settings.SessionExpiration;

import static org.assertj.core.api.Assertions.assertThat;

class RecordUpdateTests {

	private static final Instant START = Instant.ofEpochMilli(1_790_000_000_000L);

	private static final Lifetimes LIFETIMES = new Lifetimes(SessionExpiration.SLIDING, null, null);

	private final Map<String, StoredAttribute> attributes = new LinkedHashMap<>();

	private final Map<String, Stamp> removed = new LinkedHashMap<>();

	private static Stamp at(long seconds) {
		return new Stamp(START.plusSeconds(seconds).toEpochMilli(), 0, "w");
	}

	private static StoredAttribute stored(long at, String raw) {
		return new StoredAttribute(at(at), "json", raw);
	}

	private static AttributeChange set(long at, String raw) {
		return new AttributeChange(at(at), stored(at, raw), raw);
	}

	private static AttributeChange remove(long at) {
		return new AttributeChange(at(at), null, null);
	}

	private SessionRecord base() {
		return new SessionRecord(at(0), START, START, null, Duration.ofDays(7), null, Map.of("userId", "u"),
				this.attributes, this.removed, Map.of("future", "[1]"));
	}

	private SessionRecord apply(long rev, SessionChange change) {
		return new RecordUpdate(base(), change).apply(at(rev), LIFETIMES);
	}

	private SessionRecord apply(long rev, String name, AttributeChange change) {
		return apply(rev, new SessionChange(Map.of(name, change), null, null, START.plusSeconds(rev), null));
	}

	@Test
	@DisplayName("P4 of one attribute the newest stamp wins, whatever the order of application")
	void newestWins() {
		this.attributes.put("a", stored(10, "\"known\""));
		assertThat(apply(20, "a", set(9, "\"older\"")).attributes().get("a").raw()).isEqualTo("\"known\"");
		assertThat(apply(20, "a", set(11, "\"newer\"")).attributes().get("a").raw()).isEqualTo("\"newer\"");
		assertThat(apply(20, "a", set(10, "\"later\"")).attributes().get("a").raw()).isEqualTo("\"later\"");
		assertThat(apply(20, "a", remove(9)).attributes()).containsOnlyKeys("a");
		assertThat(apply(20, "a", remove(11)).attributes()).isEmpty();
	}

	@Test
	@DisplayName("P4 a removal outweighs an older change, and a newer change outweighs a removal")
	void removals() {
		this.removed.put("a", at(10));
		assertThat(apply(20, "a", set(9, "\"older\"")).attributes()).isEmpty();
		SessionRecord back = apply(20, "a", set(11, "\"newer\""));
		assertThat(back.attributes()).containsOnlyKeys("a");
		assertThat(back.removed()).isEmpty();
		assertThat(apply(20, "b", remove(11)).removed()).containsOnlyKeys("a", "b");
	}

	@Test
	void removalsAreForgottenAfterTenMinutes() {
		this.removed.put("a", at(0));
		assertThat(apply(600, "b", set(600, "1")).removed()).containsOnlyKeys("a");
		assertThat(apply(601, "b", set(601, "1")).removed()).isEmpty();
	}

	@Test
	@DisplayName("P4 what nobody touched stays as it is")
	void untouched() {
		StoredAttribute other = stored(5, "{ \"odd\" : 1}");
		this.attributes.put("other", other);
		SessionRecord updated = apply(20, "a", set(11, "1"));
		assertThat(updated.attributes().get("other")).isSameAs(other);
		assertThat(updated.unknown()).isEqualTo(Map.of("future", "[1]"));
		assertThat(updated.claims()).isEqualTo(Map.of("userId", "u"));
		assertThat(updated.createdAt()).isEqualTo(START);
		assertThat(updated.rev()).isEqualTo(at(20));
	}

	@Test
	@DisplayName("P4 the last access never decreases")
	void lastAccess() {
		assertThat(apply(20, SessionChange.touch(START.plusSeconds(7))).lastAccessedAt())
			.isEqualTo(START.plusSeconds(7));
		SessionRecord kept = apply(20, SessionChange.touch(START.minusSeconds(7)));
		assertThat(kept.lastAccessedAt()).isEqualTo(START);
		assertThat(kept.expiresAt()).isEqualTo(START.plus(Duration.ofDays(7)));
	}

	@Test
	void theNewestIntervalWinsAndDecidesTheEnd() {
		SessionChange change = new SessionChange(Map.of(), Duration.ofHours(1), at(5), START.plusSeconds(5), null);
		SessionRecord updated = apply(20, change);
		assertThat(updated.maxInactiveInterval()).isEqualTo(Duration.ofHours(1));
		assertThat(updated.maxInactiveIntervalAt()).isEqualTo(at(5));
		assertThat(updated.expiresAt()).isEqualTo(START.plusSeconds(3605));
		SessionChange older = new SessionChange(Map.of(), Duration.ofHours(2), at(4), START, null);
		assertThat(new RecordUpdate(updated, older).apply(at(21), LIFETIMES).maxInactiveInterval())
			.isEqualTo(Duration.ofHours(1));
	}

	@Test
	void claimsFollowTheSecurityContextThatWins() {
		Map<String, Object> claims = Map.of("userId", "new");
		AttributeChange context = set(11, "{}");
		SessionChange login = new SessionChange(Map.of(SecurityContexts.ATTRIBUTE, context), null, null, START, claims);
		assertThat(apply(20, login).claims()).isEqualTo(claims);
		this.attributes.put(SecurityContexts.ATTRIBUTE, stored(12, "{}"));
		assertThat(apply(20, login).claims()).isEqualTo(Map.of("userId", "u"));
	}

	@Test
	@DisplayName("P4 joined changes keep of each attribute, and of the interval, what was set last")
	void joined() {
		SessionChange early = new SessionChange(Map.of("a", set(1, "1"), "b", set(1, "1")), Duration.ofHours(1), at(1),
				START.plusSeconds(9), null);
		SessionChange late = new SessionChange(Map.of("a", set(2, "2"), "c", remove(2)), Duration.ofHours(2), at(2),
				START.plusSeconds(3), null);
		for (SessionChange both : new SessionChange[] { early.and(late), late.and(early) }) {
			assertThat(both.attributes()).containsOnlyKeys("a", "b", "c");
			assertThat(both.attributes().get("a").stored().raw()).isEqualTo("2");
			assertThat(both.interval()).isEqualTo(Duration.ofHours(2));
			assertThat(both.lastAccessedAt()).isEqualTo(START.plusSeconds(9));
		}
	}

	@Test
	@DisplayName("P4 joined logins keep the claims of the one that wins")
	void joinedClaims() {
		SessionChange early = new SessionChange(Map.of(SecurityContexts.ATTRIBUTE, set(1, "1")), null, null, START,
				Map.of("userId", "early"));
		SessionChange late = new SessionChange(Map.of(SecurityContexts.ATTRIBUTE, set(2, "2")), null, null, START,
				Map.of("userId", "late"));
		assertThat(early.and(late).claims()).isEqualTo(Map.of("userId", "late"));
		assertThat(late.and(early).claims()).isEqualTo(Map.of("userId", "late"));
		SessionChange other = new SessionChange(Map.of("x", set(3, "1")), null, null, START, null);
		assertThat(late.and(other).claims()).isEqualTo(Map.of("userId", "late"));
		assertThat(other.and(late).claims()).isEqualTo(Map.of("userId", "late"));
	}

}
