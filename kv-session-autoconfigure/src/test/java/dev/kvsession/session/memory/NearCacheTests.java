package dev.kvsession.session.memory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import dev.kvsession.session.Instance;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.NearCacheSettings;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class NearCacheTests {

	private final World world = new World();

	private Instance app(boolean enabled, DataSize weight) {
		return this.world.instance((repository) -> repository
			.setNearCache(NearCacheSettings.DEFAULT.withEnabled(enabled).withMaxWeight(weight)));
	}

	@Test
	@DisplayName("P5 without near cache own writes and ended ids are remembered all the same")
	void disabled() {
		Instance app = app(false, DataSize.ofMegabytes(1));
		String id = app.login((session) -> session.setAttribute("a", "1"));
		String record = this.world.truth(id);
		this.world.remove(id);
		for (int i = 0; i < 11; i++) {
			assertThat(app.find(id).<String>getAttribute("a")).isEqualTo("1");
			this.world.pass(Duration.ofSeconds(10));
		}
		app.delete(id);
		this.world.store(id, record);
		this.world.pass(Duration.ofHours(1));
		assertThat(app.find(id)).isNull();
	}

	@Test
	void memoryIsBounded() {
		Instance app = app(true, DataSize.ofKilobytes(20));
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			ids.add(app.login((session) -> session.setAttribute("text", "x".repeat(500))));
		}
		this.world.settle();
		ids.forEach(app::find);
		this.world.forgetCalls();
		ids.forEach(app::find);
		assertThat(this.world.calls(KvCallKind.BULK_GET)).hasSizeGreaterThan(80);
	}

	@Test
	void aChangeMadeElsewhereIsSeenWhenTheEntryHasAged() {
		Instance one = app(true, DataSize.ofMegabytes(1));
		Instance two = this.world.instance();
		String id = one.login((session) -> session.setAttribute("a", "one"));
		this.world.settle();
		two.change(id, "a", "two");
		this.world.settle();
		assertThat(one.find(id).<String>getAttribute("a")).isEqualTo("two");
	}

	@Test
	void tooShortAndTooSmallIsRefused() {
		NearCacheSettings settings = NearCacheSettings.DEFAULT;
		Duration negative = Duration.ofMillis(-1);
		assertThatIllegalArgumentException().isThrownBy(() -> settings.withTimeToLive(Duration.ofMillis(1999)));
		assertThatIllegalArgumentException().isThrownBy(() -> settings.withMaxWeight(DataSize.ofBytes(0)));
		assertThatIllegalArgumentException().isThrownBy(() -> settings.withStaleIfError(negative));
		assertThatIllegalArgumentException().isThrownBy(() -> settings.withMaxStaleness(negative));
		assertThatIllegalArgumentException().isThrownBy(() -> settings.withSoftTimeout(Duration.ZERO));
	}

}
