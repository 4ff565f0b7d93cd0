package dev.kvsession.session.write;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.session.SaveMode;

import dev.kvsession.EachKv;
import dev.kvsession.TestKv;
import dev.kvsession.codec.StoredAttribute;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests of one session that overlap on one instance.
 */
@EachKv
class ConcurrentChangesTests {

	private final World world;

	private final Instance app;

	private final String id;

	ConcurrentChangesTests(TestKv kv) {
		this.world = World.on(kv);
		this.app = this.world.instance();
		this.id = this.app.login((session) -> {
			session.setAttribute("a", "old");
			session.setAttribute("b", "old");
			session.setAttribute("untouched", Map.of("k", "v"));
		});
	}

	@Test
	@DisplayName("P4 changes of different attributes both survive")
	void differentAttributes() {
		KvSession first = this.app.find(this.id);
		KvSession second = this.app.find(this.id);
		first.setAttribute("a", "first");
		second.setAttribute("b", "second");
		this.app.save(first);
		this.app.save(second);
		assertThat(this.app.find(this.id).<String>getAttribute("a")).isEqualTo("first");
		assertThat(this.app.find(this.id).<String>getAttribute("b")).isEqualTo("second");
		this.world.pass(Duration.ofSeconds(2));
		Map<String, StoredAttribute> stored = this.world.record(this.id).attributes();
		assertThat(stored.get("a").raw()).contains("first");
		assertThat(stored.get("b").raw()).contains("second");
	}

	@Test
	@DisplayName("P4 changes of different attributes both survive when their saves overlap")
	void overlappingSaves() {
		this.world.pass(Duration.ofSeconds(20));
		KvSession first = this.app.find(this.id);
		KvSession second = this.app.find(this.id);
		first.setAttribute("a", "first");
		second.setAttribute("b", "second");
		this.world.during(KvCallKind.BULK_GET, () -> this.app.save(second));
		this.app.save(first);
		this.world.pass(Duration.ofSeconds(2));
		Map<String, StoredAttribute> stored = this.world.record(this.id).attributes();
		assertThat(stored.get("a").raw()).contains("first");
		assertThat(stored.get("b").raw()).contains("second");
	}

	@Test
	@DisplayName("P4 of one attribute the later change wins")
	void sameAttribute() {
		KvSession first = this.app.find(this.id);
		KvSession second = this.app.find(this.id);
		first.setAttribute("a", "first");
		second.setAttribute("a", "second");
		this.app.save(second);
		this.app.save(first);
		assertThat(this.app.find(this.id).<String>getAttribute("a")).isEqualTo("first");
		this.world.pass(Duration.ofSeconds(2));
		assertThat(this.world.record(this.id).attributes().get("a").raw()).contains("first");
	}

	@Test
	@DisplayName("P4 an attribute that nobody touched keeps its bytes")
	void untouchedBytes() {
		String odd = "{ \"@class\" : \"java.util.HashMap\" ,\n \"k\" : \"\\u0076\" }";
		this.world.settle();
		String text = this.world.truth(this.id);
		String raw = this.world.record(this.id).attributes().get("untouched").raw();
		this.world.store(this.id, text.replace(raw, odd));
		Instance other = this.world.instance();
		assertThat(other.find(this.id).<Map<String, String>>getAttribute("untouched")).isEqualTo(Map.of("k", "v"));
		other.change(this.id, "a", "new");
		assertThat(this.world.truth(this.id)).contains(odd);
	}

	@Test
	@DisplayName("P4 an attribute that one request removes is not brought back by another that read it")
	void removalStays() {
		KvSession first = this.app.find(this.id);
		KvSession second = this.app.find(this.id);
		second.<String>getAttribute("a");
		first.removeAttribute("a");
		second.setAttribute("b", "second");
		this.app.save(first);
		this.app.save(second);
		assertThat(this.app.find(this.id).getAttributeNames()).containsExactlyInAnyOrder("b", "untouched");
		this.world.pass(Duration.ofSeconds(2));
		assertThat(this.world.record(this.id).attributes()).containsOnlyKeys("b", "untouched");
	}

	@Test
	@DisplayName("P4 a request that saves twice does not undo what another changed in between")
	void secondSave() {
		KvSession first = this.app.find(this.id);
		first.setAttribute("a", "first");
		this.app.save(first);
		this.app.change(this.id, "a", "other");
		this.app.save(first);
		this.world.settle();
		assertThat(this.app.find(this.id).<String>getAttribute("a")).isEqualTo("other");
	}

	@Test
	@DisplayName("P4 a request with copies that saves twice does not undo what another changed in between")
	void secondSaveWithCopies() {
		Instance copying = this.world.instance((repository) -> repository.setSaveMode(SaveMode.ON_GET_ATTRIBUTE));
		this.world.settle();
		KvSession first = copying.find(this.id);
		first.<String>getAttribute("a");
		first.setAttribute("b", "first");
		copying.change(this.id, "a", "other");
		copying.save(first);
		copying.save(first);
		this.world.settle();
		assertThat(copying.find(this.id).<String>getAttribute("a")).isEqualTo("other");
		assertThat(copying.find(this.id).<String>getAttribute("b")).isEqualTo("first");
	}

	@Test
	@DisplayName("P4 a change of the interval and one of an attribute both survive")
	void intervalAndAttribute() {
		KvSession first = this.app.find(this.id);
		KvSession second = this.app.find(this.id);
		first.setMaxInactiveInterval(Duration.ofDays(30));
		second.setAttribute("a", "second");
		this.app.save(first);
		this.app.save(second);
		KvSession found = this.app.find(this.id);
		assertThat(found.getMaxInactiveInterval()).isEqualTo(Duration.ofDays(30));
		assertThat(found.<String>getAttribute("a")).isEqualTo("second");
		this.world.pass(Duration.ofSeconds(2));
		assertThat(this.world.record(this.id).maxInactiveInterval()).isEqualTo(Duration.ofDays(30));
	}

	@Test
	@DisplayName("P4 a request sees neither unsaved nor later changes of another")
	void isolation() {
		KvSession reader = this.app.find(this.id);
		KvSession writer = this.app.find(this.id);
		writer.setAttribute("a", "new");
		assertThat(reader.<String>getAttribute("a")).isEqualTo("old");
		this.app.save(writer);
		assertThat(reader.<String>getAttribute("a")).isEqualTo("old");
		assertThat(this.app.find(this.id).<String>getAttribute("a")).isEqualTo("new");
	}

}
