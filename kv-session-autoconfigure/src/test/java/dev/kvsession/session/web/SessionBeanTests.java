package dev.kvsession.session.web;

import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.session.SaveMode;

import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.session.write.EqualValuesTests.Cart;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Session-scoped beans, which Spring sets again after the response is on its way.
 */
class SessionBeanTests {

	private static final String BEAN = "scopedTarget.cart";

	private final World world = new World();

	private Instance instance(SaveMode mode) {
		return this.world.instance((repository) -> repository.setSaveMode(mode));
	}

	private static String login(Instance app) {
		return app.login((session) -> {
			session.setAttribute(BEAN, new Cart());
			session.setAttribute("flag", "on");
		});
	}

	private List<String> items(String id) {
		return ((Cart) World.CODEC.decodeAttribute(BEAN, this.world.record(id).attributes().get(BEAN))).items;
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("P4 a session-scoped bean that was changed in place is saved before the response, without being set")
	void sessionBean(SaveMode mode) {
		Instance app = instance(mode);
		String id = login(app);
		this.world.settle();
		KvSession session = app.find(id);
		Cart cart = session.getAttribute(BEAN);
		cart.items.add("tea");
		app.save(session);
		assertThat(this.world.record(id).attributes().get(BEAN).raw()).contains("tea");
		this.world.settle();
		this.world.forgetCalls();
		session.setAttribute(BEAN, cart);
		app.save(session);
		this.world.settle();
		assertThat(this.world.calls(KvCallKind.PUT)).isEmpty();
		cart.items.add("milk");
		session.setAttribute(BEAN, cart);
		app.save(session);
		this.world.settle();
		assertThat(items(id)).containsExactly("tea", "milk");
	}

	@Test
	@DisplayName("P4 a session-scoped bean that was only read is not saved, whatever another instance did to it")
	void sessionBeanReadElsewhere() {
		Instance first = this.world.instance();
		Instance second = this.world.instance();
		String id = login(first);
		this.world.settle();
		KvSession reader = second.find(id);
		Cart read = reader.getAttribute(BEAN);
		first.request(id, (session) -> {
			Cart cart = session.getAttribute(BEAN);
			cart.items.add("tea");
			session.setAttribute(BEAN, cart);
		});
		this.world.settle();
		reader.setAttribute("flag", "off");
		second.save(reader);
		reader.setAttribute(BEAN, read);
		second.save(reader);
		this.world.settle();
		assertThat(items(id)).containsExactly("tea");
	}

}
