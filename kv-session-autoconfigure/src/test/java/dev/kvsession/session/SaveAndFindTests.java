package dev.kvsession.session;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextImpl;

import dev.kvsession.EachKv;
import dev.kvsession.TestKv;
import dev.kvsession.session.settings.SecurityContexts;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every Spring Session store does with one session on one instance.
 */
@EachKv
class SaveAndFindTests {

	private final World world;

	private final Instance app;

	SaveAndFindTests(TestKv kv) {
		this.world = World.on(kv);
		this.app = this.world.instance();
	}

	@Test
	void findsASessionWithoutAttributes() {
		String id = this.app.login((session) -> {
		});
		KvSession found = this.app.find(id);
		assertThat(found.getId()).isEqualTo(id);
		assertThat(found.getAttributeNames()).isEmpty();
		assertThat(found.isExpired()).isFalse();
		assertThat(found.getMaxInactiveInterval()).isEqualTo(Duration.ofDays(7));
	}

	@Test
	void findsWhatWasSaved() {
		Instant created = this.world.now();
		String id = this.app.login((session) -> {
			session.setAttribute("name", "value");
			session.setAttribute("count", 17);
			session.setMaxInactiveInterval(Duration.ofMinutes(90));
		});
		KvSession found = this.app.find(id);
		assertThat(found.<String>getAttribute("name")).isEqualTo("value");
		assertThat(found.<Integer>getAttribute("count")).isEqualTo(17);
		assertThat(found.getAttributeNames()).containsExactlyInAnyOrder("name", "count");
		assertThat(found.getMaxInactiveInterval()).isEqualTo(Duration.ofMinutes(90));
		assertThat(found.getCreationTime()).isEqualTo(created.truncatedTo(ChronoUnit.MILLIS));
		assertThat(found.getLastAccessedTime()).isEqualTo(created.truncatedTo(ChronoUnit.MILLIS));
	}

	@Test
	void doesNotFindWhatWasNeverSaved() {
		assertThat(this.app.find(this.app.create().getId())).isNull();
	}

	@Test
	void settingOneAttributeKeepsTheOthers() {
		String id = this.app.login((session) -> session.setAttribute("a", "1"));
		this.world.pass(Duration.ofSeconds(90));
		this.app.change(id, "b", "2");
		assertThat(this.app.find(id).getAttributeNames()).containsExactlyInAnyOrder("a", "b");
		assertThat(this.world.record(id).attributes()).containsOnlyKeys("a", "b");
	}

	@Test
	void addsModifiesAndRemovesInOneRequest() {
		String id = this.app.login((session) -> {
			session.setAttribute("modified", "old");
			session.setAttribute("removed", "old");
		});
		this.app.request(id, (session) -> {
			session.setAttribute("added", "new");
			session.setAttribute("modified", "new");
			session.removeAttribute("removed");
		});
		KvSession found = this.app.find(id);
		assertThat(found.<String>getAttribute("added")).isEqualTo("new");
		assertThat(found.<String>getAttribute("modified")).isEqualTo("new");
		assertThat(found.<String>getAttribute("removed")).isNull();
		assertThat(found.getAttributeNames()).containsExactlyInAnyOrder("added", "modified");
		this.world.pass(Duration.ofSeconds(2));
		assertThat(this.world.record(id).removed()).containsOnlyKeys("removed");
	}

	@Test
	void theLastOfSeveralChangesOfOneAttributeCounts() {
		String id = this.app.login((session) -> session.setAttribute("kept", "old"));
		this.app.request(id, (session) -> {
			session.setAttribute("added then removed", "x");
			session.removeAttribute("added then removed");
			session.setAttribute("kept", "modified");
			session.removeAttribute("kept");
			session.setAttribute("kept", "again");
		});
		assertThat(this.app.find(id).getAttributeNames()).containsExactly("kept");
		assertThat(this.app.find(id).<String>getAttribute("kept")).isEqualTo("again");
		assertThat(this.world.record(id).attributes()).containsOnlyKeys("kept");
	}

	@Test
	void aRequestSeesItsOwnUnsavedChanges() {
		String id = this.app.login((session) -> session.setAttribute("a", "old"));
		KvSession session = this.app.find(id);
		session.setAttribute("a", "new");
		session.setAttribute("b", "new");
		assertThat(session.<String>getAttribute("a")).isEqualTo("new");
		session.removeAttribute("a");
		assertThat(session.<String>getAttribute("a")).isNull();
		assertThat(session.getAttributeNames()).containsExactly("b");
		assertThat(this.app.find(id).getAttributeNames()).containsExactly("a");
	}

	@Test
	void settingNullRemoves() {
		String id = this.app.login((session) -> session.setAttribute("a", "old"));
		this.app.change(id, "a", null);
		assertThat(this.app.find(id).getAttributeNames()).isEmpty();
	}

	@Test
	void carriesALargeAttribute() {
		String large = "x".repeat(1_000_000);
		String id = this.app.login((session) -> session.setAttribute("large", large));
		this.world.settle();
		KvSession found = this.world.instance().find(id);
		assertThat(found.<String>getAttribute("large")).isEqualTo(large);
		assertThat(found.getRecordSize()).isGreaterThan(1_000_000);
	}

	@Test
	void laterChangesOfTheLastAccessAreSeen() {
		String id = this.app.login((session) -> {
		});
		Instant access = this.world.now().plusSeconds(30);
		KvSession session = this.app.find(id);
		session.setLastAccessedTime(access);
		this.app.save(session);
		assertThat(this.app.find(id).getLastAccessedTime()).isEqualTo(access.truncatedTo(ChronoUnit.MILLIS));
	}

	@Test
	void aSessionLastUsedLongAgoIsExpiredWhenItIsSaved() {
		String id = this.app.login((session) -> session.setLastAccessedTime(Instant.EPOCH));
		assertThat(this.app.find(id)).isNull();
	}

	@Test
	void theRecordSaysWhoTheUserIs() {
		String id = this.app.login((session) -> session.setAttribute(SecurityContexts.ATTRIBUTE,
				new SecurityContextImpl(new TestingAuthenticationToken("583231", "n/a", "ROLE_USER"))));
		assertThat(this.world.record(id).claims()).isEqualTo(Map.of("userId", "583231"));
		this.app.change(id, "other", "x");
		assertThat(this.world.record(id).claims()).isEqualTo(Map.of("userId", "583231"));
		this.app.change(id, SecurityContexts.ATTRIBUTE, null);
		this.world.pass(Duration.ofSeconds(2));
		assertThat(this.world.record(id).claims()).isEmpty();
	}

}
