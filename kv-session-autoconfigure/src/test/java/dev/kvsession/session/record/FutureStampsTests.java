package dev.kvsession.session.record;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.session.Instance;
import dev.kvsession.session.World;

import static org.assertj.core.api.Assertions.assertThat;

class FutureStampsTests {

	private final World world = new World();

	private final Instance app = this.world.instance();

	@ParameterizedTest
	@ValueSource(strings = { "01b000000000-0000-zz", "01b000000000-ffff-zz" })
	@DisplayName("P4 a record from the far future does not freeze its session")
	void futureRev(String poison) {
		String id = this.app.login((session) -> session.setAttribute("a", "1"));
		this.world.settle();
		String text = this.world.truth(id);
		this.world.store(id, text.replaceAll("\"rev\":\"[^\"]+\"", "\"rev\":\"" + poison + "\""));
		Instance other = this.world.instance();
		other.change(id, "b", "2");
		this.world.settle();
		other.change(id, "a", "3");
		other.change(id, "b", null);
		this.world.settle();
		assertThat(this.world.record(id).attributes()).containsOnlyKeys("a");
		assertThat(this.world.instance().find(id).<String>getAttribute("a")).isEqualTo("3");
	}

	@ParameterizedTest
	@ValueSource(strings = { "01b000000000-0000-zz", "01b000000000-ffff-zz" })
	@DisplayName("P4 an attribute from the far future does not freeze")
	void futureAttribute(String poison) {
		String id = this.app.login((session) -> session.setAttribute("a", "1"));
		this.world.settle();
		String text = this.world.truth(id);
		this.world.store(id, text.replaceAll("\"at\":\"[^\"]+\"", "\"at\":\"" + poison + "\""));
		Instance other = this.world.instance();
		other.change(id, "a", "3");
		this.world.settle();
		assertThat(this.world.instance().find(id).<String>getAttribute("a")).isEqualTo("3");
	}

}
