package dev.kvsession.session.write;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.session.SaveMode;

import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.WriteMode;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Values that are set again without a change. Spring sets each session-scoped bean and
 * each model attribute again after a request that touched it.
 */
public class EqualValuesTests {

	private final World world = new World();

	private Instance instance(SaveMode mode) {
		return this.world.instance((repository) -> repository.setSaveMode(mode));
	}

	private static String login(Instance app) {
		return app.login((session) -> {
			session.setAttribute("cart", new Cart());
			session.setAttribute("flag", "on");
		});
	}

	private static void setAgain(KvSession session, String name) {
		session.setAttribute(name, session.getAttribute(name));
	}

	private static void add(KvSession session, String name, String item) {
		Cart cart = session.getAttribute(name);
		cart.items.add(item);
		session.setAttribute(name, cart);
	}

	private List<String> items(String id, String name) {
		return ((Cart) World.CODEC.decodeAttribute(name, this.world.record(id).attributes().get(name))).items;
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("P1 five requests that set again what they read make no write")
	void noWrite(SaveMode mode) {
		Instance app = instance(mode);
		String id = login(app);
		this.world.settle();
		this.world.forgetCalls();
		for (int i = 0; i < 5; i++) {
			app.request(id, (session) -> {
				setAgain(session, "cart");
				session.setAttribute("flag", new String("on"));
			});
			this.world.pass(Duration.ofSeconds(10));
		}
		assertThat(this.world.calls(KvCallKind.PUT, KvCallKind.BULK_PUT)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("P4 an instance that only reads a bean does not erase what another one changed of it")
	void readerElsewhere(SaveMode mode) {
		Instance first = instance(mode);
		Instance second = instance(mode);
		String id = login(first);
		this.world.settle();
		second.find(id).getAttribute("cart");
		first.request(id, (session) -> add(session, "cart", "tea"));
		this.world.pass(Duration.ofSeconds(8));
		second.request(id, (session) -> setAgain(session, "cart"));
		this.world.settle();
		this.world.settle();
		assertThat(items(id, "cart")).containsExactly("tea");
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("P4 a bean set again after the response, when another change was saved before, erases nothing")
	void setAgainAfterAnotherSave(SaveMode mode) {
		Instance first = instance(mode);
		Instance second = instance(mode);
		String id = login(first);
		this.world.settle();
		KvSession reader = second.find(id);
		Cart cart = reader.getAttribute("cart");
		first.request(id, (session) -> add(session, "cart", "tea"));
		this.world.settle();
		reader.setAttribute("flag", "off");
		second.save(reader);
		reader.setAttribute("cart", cart);
		second.save(reader);
		this.world.settle();
		assertThat(items(id, "cart")).containsExactly("tea");
		assertThat(this.world.record(id).attributes().get("flag").raw()).contains("off");
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("P4 a bean that this instance did change is saved, and set once more makes no second write")
	void changedBean(SaveMode mode) {
		Instance app = instance(mode);
		String id = login(app);
		this.world.settle();
		KvSession session = app.find(id);
		add(session, "cart", "tea");
		app.save(session);
		this.world.settle();
		this.world.forgetCalls();
		setAgain(session, "cart");
		app.save(session);
		this.world.settle();
		assertThat(this.world.calls(KvCallKind.PUT)).isEmpty();
		assertThat(items(id, "cart")).containsExactly("tea");
	}

	@Test
	@DisplayName("P4 on, off, on by requests that overlap ends with on")
	void onOffOn() {
		Instance app = this.world.instance();
		String id = login(app);
		this.world.settle();
		KvSession off = app.find(id);
		KvSession on = app.find(id);
		off.setAttribute("flag", "off");
		app.save(off);
		on.setAttribute("flag", "on");
		app.save(on);
		this.world.settle();
		assertThat(this.world.record(id).attributes().get("flag").raw()).contains("on");
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("P4 on, set while another request's off is on its way to KV, ends with on")
	void onWhileOffIsWritten(WriteMode mode) {
		Instance app = this.world.instance((repository) -> repository.setWriteMode(mode));
		String id = login(app);
		this.world.settle();
		KvSession off = app.find(id);
		KvSession on = app.find(id);
		off.setAttribute("flag", "off");
		this.world.during(KvCallKind.PUT, () -> {
			on.setAttribute("flag", "on");
			app.save(on);
		});
		app.save(off);
		this.world.settle();
		assertThat(this.world.record(id).attributes().get("flag").raw()).contains("on");
	}

	@Test
	@DisplayName("P4 on, set while another request's off has joined a waiting write, ends with on")
	void onWhileOffWaits() {
		Instance app = this.world.instance();
		String id = login(app);
		this.world.settle();
		KvSession off = app.find(id);
		this.world.faults().next(1, KvFault.delayed(Duration.ofSeconds(3)), KvCallKind.PUT);
		off.setAttribute("flag", "off");
		this.world.during(KvCallKind.PUT, () -> {
			app.change(id, "other", "accepted");
			this.world.time().schedule(() -> {
				this.world.time().schedule(() -> app.change(id, "flag", "on"), Duration.ofMillis(100));
				app.save(off);
			}, Duration.ofMillis(1500));
		});
		app.change(id, "first", "1");
		this.world.settle();
		assertThat(this.world.record(id).attributes().get("flag").raw()).contains("on");
	}

	@Test
	@DisplayName("P3 a value equal to one on its way to KV is not told to be saved before KV has it")
	void equalToWhatIsWritten() {
		Instance app = this.world.instance((repository) -> repository.setWriteMode(WriteMode.SYNC));
		String id = login(app);
		this.world.settle();
		KvSession first = app.find(id);
		KvSession second = app.find(id);
		first.setAttribute("flag", "off");
		boolean[] told = new boolean[1];
		this.world.during(KvCallKind.PUT, () -> {
			second.setAttribute("flag", "off");
			app.save(second);
			told[0] = true;
			assertThat(this.world.writesOf(id)).anyMatch((call) -> call.status() == 200);
		});
		app.save(first);
		assertThat(told[0]).isTrue();
		this.world.settle();
		assertThat(this.world.record(id).attributes().get("flag").raw()).contains("off");
	}

	@Test
	@DisplayName("P4 removing what another request has added removes it")
	void removeWhatWasAdded() {
		Instance app = this.world.instance();
		String id = login(app);
		this.world.settle();
		KvSession remover = app.find(id);
		app.change(id, "new", "x");
		remover.removeAttribute("new");
		app.save(remover);
		this.world.settle();
		assertThat(this.world.record(id).attributes()).doesNotContainKey("new");
	}

	@Test
	@DisplayName("P4 removing what another request has removed makes no write")
	void removeWhatWasRemoved() {
		Instance app = this.world.instance();
		String id = login(app);
		this.world.settle();
		KvSession second = app.find(id);
		app.request(id, (session) -> session.removeAttribute("flag"));
		this.world.settle();
		this.world.forgetCalls();
		second.removeAttribute("flag");
		app.save(second);
		assertThat(this.world.calls(KvCallKind.PUT)).isEmpty();
	}

	@Test
	@DisplayName("P4 an interval that is set again changes nothing, and one that overlaps is kept")
	void interval() {
		Instance app = this.world.instance();
		String id = login(app);
		this.world.settle();
		KvSession stale = app.find(id);
		app.request(id, (session) -> session.setMaxInactiveInterval(Duration.ofDays(1)));
		this.world.settle();
		this.world.forgetCalls();
		app.request(id, (session) -> session.setMaxInactiveInterval(Duration.ofDays(1)));
		assertThat(this.world.calls(KvCallKind.PUT)).isEmpty();
		stale.setMaxInactiveInterval(Duration.ofDays(7));
		app.save(stale);
		this.world.settle();
		assertThat(this.world.record(id).maxInactiveInterval()).isEqualTo(Duration.ofDays(7));
	}

	@Test
	@DisplayName("P4 an equal set in another order changes nothing, one with another element does")
	void setsInAnotherOrder() {
		Instance app = this.world.instance();
		Set<String> words = new HashSet<>();
		IntStream.range(0, 40).forEach((i) -> words.add("word" + i));
		String id = app.login((session) -> session.setAttribute("words", words));
		this.world.settle();
		this.world.forgetCalls();
		Set<String> same = new HashSet<>(4096);
		same.addAll(words);
		app.change(id, "words", same);
		assertThat(this.world.calls(KvCallKind.PUT)).isEmpty();
		same.add("one more");
		app.change(id, "words", same);
		this.world.settle();
		assertThat(this.world.record(id).attributes().get("words").raw()).contains("one more");
	}

	@Test
	@DisplayName("P4 a value that was changed in place after it was set is saved as it is when it is saved")
	void changedAfterItWasSet() {
		Instance app = this.world.instance();
		String id = login(app);
		this.world.settle();
		app.request(id, (session) -> {
			Cart cart = new Cart();
			session.setAttribute("cart", cart);
			cart.items.add("late");
		});
		this.world.settle();
		assertThat(items(id, "cart")).containsExactly("late");
	}

	/**
	 * A cart of the application.
	 */
	public static class Cart implements Serializable {

		private static final long serialVersionUID = 1L;

		public List<String> items = new ArrayList<>();

	}

}
