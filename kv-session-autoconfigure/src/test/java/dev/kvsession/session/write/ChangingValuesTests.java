package dev.kvsession.session.write;

import java.time.Duration;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.session.SaveMode;

import dev.kvsession.codec.AttributeEncodingException;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Shared values that another request changes while they are saved.
 */
class ChangingValuesTests {

	private final World world = new World();

	private final Instance app = this.world.instance();

	@Test
	@DisplayName("P3 a value that another request changes during the save is saved when that is over")
	void savedLater() {
		Busy value = new Busy(List.of("a"));
		String id = this.app.login((session) -> session.setAttribute("list", new ArrayList<>(List.of("old"))));
		this.world.settle();
		KvSession session = this.app.find(id);
		value.busy = true;
		this.world.time().schedule(() -> value.busy = false, Duration.ofMillis(900));
		session.setAttribute("list", value);
		this.app.save(session);
		this.world.settle();
		assertThat(this.world.record(id).attributes().get("list").raw()).contains("a").doesNotContain("old");
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("P3 so is one of a new session, in every save mode")
	void created(SaveMode mode) {
		Instance instance = this.world.instance((repository) -> repository.setSaveMode(mode));
		Busy value = new Busy(List.of("a"));
		value.busy = true;
		this.world.time().schedule(() -> value.busy = false, Duration.ofMillis(300));
		String id = instance.login((session) -> session.setAttribute("list", value));
		assertThat(this.world.record(id).attributes().get("list").raw()).contains("a");
	}

	@Test
	@DisplayName("P9 a value that never stops changing fails after a second, and says why")
	void never() {
		Busy value = new Busy(List.of("a"));
		value.busy = true;
		KvSession session = this.app.create();
		session.setAttribute("list", value);
		assertThatExceptionOfType(AttributeEncodingException.class).isThrownBy(() -> this.app.save(session))
			.withMessageContaining("changed by another thread")
			.withMessageContaining("'list'");
	}

	@Test
	@DisplayName("P9 a value that cannot be stored at all fails at once")
	void unstorable() {
		KvSession session = this.app.create();
		session.setAttribute("thread", new Thread());
		long begun = this.world.time().millis();
		assertThatExceptionOfType(AttributeEncodingException.class).isThrownBy(() -> this.app.save(session));
		assertThat(this.world.time().millis()).isEqualTo(begun);
	}

	@Test
	@DisplayName("P3 no save fails while another thread changes the value under a lock of its own")
	void anotherThread() throws Exception {
		Map<String, Object> cart = new HashMap<>();
		IntStream.range(0, 100).forEach((i) -> cart.put("item" + i, i));
		AtomicBoolean over = new AtomicBoolean();
		Thread other = new Thread(() -> {
			for (int i = 0; !over.get(); i++) {
				synchronized (cart) {
					cart.put("more" + i % 50, i);
					cart.remove("more" + (i + 25) % 50);
				}
				IntStream.range(0, 5000).forEach((pause) -> Thread.onSpinWait());
			}
		});
		other.start();
		try {
			for (int i = 0; i < 40; i++) {
				KvSession session = this.app.create();
				session.setAttribute("cart", cart);
				this.app.save(session);
			}
		}
		finally {
			over.set(true);
			other.join();
		}
	}

	/**
	 * A list that another thread is changing, as long as it is busy.
	 */
	static final class Busy extends ArrayList<String> {

		private static final long serialVersionUID = 1L;

		private transient boolean busy;

		Busy() {
		}

		Busy(List<String> elements) {
			super(elements);
		}

		@Override
		public Iterator<String> iterator() {
			if (this.busy) {
				throw new ConcurrentModificationException();
			}
			return super.iterator();
		}

		@Override
		public String get(int index) {
			if (this.busy) {
				throw new ConcurrentModificationException();
			}
			return super.get(index);
		}

	}

}
