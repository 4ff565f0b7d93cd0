package dev.kvsession.session.read;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextImpl;

import dev.kvsession.EachKv;
import dev.kvsession.TestKv;
import dev.kvsession.codec.NewerSchemaException;
import dev.kvsession.codec.UnreadableAttributeException;
import dev.kvsession.codec.UnreadableRecordException;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.SecurityContexts;
import dev.kvsession.session.settings.UnreadablePolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@EachKv
class UnreadableTests {

	private static final String FOREIGN = "{\"@class\":\"com.example.NotTrusted\",\"x\":1}";

	private final World world;

	private final Instance writer;

	private final String id;

	UnreadableTests(TestKv kv) {
		this.world = World.on(kv);
		this.writer = this.world.instance();
		this.id = this.writer.login((session) -> {
			session.setAttribute("a", "only a");
			session.setAttribute("b", "1");
			session.setAttribute(SecurityContexts.ATTRIBUTE,
					new SecurityContextImpl(new TestingAuthenticationToken("583231", "n/a", "ROLE_USER")));
		});
	}

	private Instance app(UnreadablePolicy policy) {
		this.world.settle();
		return this.world.instance((repository) -> repository.setOnUnreadable(policy));
	}

	private void spoil(String attribute) {
		String raw = this.world.record(this.id).attributes().get(attribute).raw();
		this.world.store(this.id, this.world.truth(this.id).replace("\"json\":" + raw, "\"json\":" + FOREIGN));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "{", "[]", "null", "{}", "{\"schema\":1}", "\u0000", "{\"schema\":\"1\"}" })
	@DisplayName("P9 a record that cannot be read is no session, or a failure if so configured")
	void unreadableRecord(String text) {
		this.world.store(this.id, text);
		assertThat(app(UnreadablePolicy.NEW_SESSION).find(this.id)).isNull();
		assertThat(app(UnreadablePolicy.DROP_ATTRIBUTE).find(this.id)).isNull();
		Instance failing = app(UnreadablePolicy.FAIL);
		assertThatExceptionOfType(UnreadableRecordException.class).isThrownBy(() -> failing.find(this.id));
		assertThat(this.world.truth(this.id)).isEqualTo(text);
	}

	@Test
	@DisplayName("P9 a truncated record is unreadable at every length, and never more than that")
	void truncatedRecord() {
		String text = this.world.truth(this.id);
		Instance app = app(UnreadablePolicy.NEW_SESSION);
		for (int length = 0; length < text.length(); length += 7) {
			this.world.store(this.id, text.substring(0, length));
			this.world.pass(Duration.ofSeconds(31));
			assertThat(app.find(this.id)).isNull();
		}
		this.world.store(this.id, text);
		this.world.pass(Duration.ofSeconds(31));
		assertThat(app.find(this.id)).isNotNull();
	}

	@Test
	@DisplayName("P9 a security context that cannot be read: no session, none of it, or a failure")
	void unreadableContext() {
		spoil(SecurityContexts.ATTRIBUTE);
		assertThat(app(UnreadablePolicy.NEW_SESSION).find(this.id)).isNull();
		KvSession dropped = app(UnreadablePolicy.DROP_ATTRIBUTE).find(this.id);
		assertThat(dropped.<Object>getAttribute(SecurityContexts.ATTRIBUTE)).isNull();
		assertThat(dropped.getAttributeNames()).containsExactlyInAnyOrder("a", "b");
		Instance failing = app(UnreadablePolicy.FAIL);
		assertThatExceptionOfType(UnreadableRecordException.class).isThrownBy(() -> failing.find(this.id));
	}

	@ParameterizedTest
	@EnumSource(names = { "NEW_SESSION", "DROP_ATTRIBUTE" })
	@DisplayName("P9 another attribute that cannot be read is hidden, and kept as it is by later writes")
	void unreadableAttribute(UnreadablePolicy policy) {
		spoil("a");
		Instance app = app(policy);
		KvSession session = app.find(this.id);
		assertThat(session.<Object>getAttribute("a")).isNull();
		assertThat(session.getAttributeNames()).containsExactlyInAnyOrder("b", SecurityContexts.ATTRIBUTE);
		app.change(this.id, "b", "2");
		assertThat(this.world.truth(this.id)).contains(FOREIGN);
		app.change(this.id, "a", "new");
		assertThat(app.find(this.id).<String>getAttribute("a")).isEqualTo("new");
	}

	@Test
	@DisplayName("P9 with the policy to fail, an unreadable attribute fails when it is asked for")
	void unreadableAttributeFails() {
		spoil("a");
		KvSession session = app(UnreadablePolicy.FAIL).find(this.id);
		assertThat(session.<String>getAttribute("b")).isEqualTo("1");
		assertThatExceptionOfType(UnreadableAttributeException.class).isThrownBy(() -> session.getAttribute("a"))
			.withMessageContaining("a");
	}

	@ParameterizedTest
	@EnumSource(names = { "NEW_SESSION", "DROP_ATTRIBUTE" })
	@DisplayName("P9 a record of a newer schema is no session here and stays as it is, also if it was open here")
	void newerSchema(UnreadablePolicy policy) {
		Instance app = app(policy);
		KvSession open = app.find(this.id);
		KvSession renamed = app.find(this.id);
		String newer = this.world.truth(this.id).replace("\"schema\":1", "\"schema\":2,\"shape\":[1]");
		this.world.store(this.id, newer);
		this.world.pass(Duration.ofSeconds(20));
		open.setAttribute("a", "2");
		app.save(open);
		renamed.changeSessionId();
		app.save(renamed);
		for (Consumer<KvSession> use : List.<Consumer<KvSession>>of((session) -> {
		}, (session) -> session.setAttribute("c", "1"))) {
			KvSession found = app.find(this.id);
			assertThat(found).isNull();
			this.world.pass(Duration.ofSeconds(10));
		}
		assertThat(this.world.truth(this.id)).isEqualTo(newer);
		assertThat(this.world.truth(renamed.getId())).isNull();
	}

	@Test
	@DisplayName("P9 with the policy to fail, a newer schema is told as such")
	void newerSchemaFails() {
		this.world.store(this.id, this.world.truth(this.id).replace("\"schema\":1", "\"schema\":2"));
		Instance failing = app(UnreadablePolicy.FAIL);
		assertThatExceptionOfType(NewerSchemaException.class).isThrownBy(() -> failing.find(this.id));
	}

	@Test
	@DisplayName("P9 unknown fields of record and envelope are kept by change, touch and change of id")
	void unknownFields() {
		String text = this.world.truth(this.id)
			.replace("\"attributes\":", "\"fromTheFuture\":{ \"x\" : [1, 2] },\"attributes\":")
			.replace("\"b\":{\"at\"", "\"b\":{\"zipped\":false,\"at\"");
		this.world.store(this.id, text);
		Instance app = app(UnreadablePolicy.NEW_SESSION);
		app.change(this.id, "a", "2");
		assertThat(this.world.truth(this.id)).contains("\"fromTheFuture\":{ \"x\" : [1, 2] }", "\"zipped\":false");
		this.world.pass(Duration.ofHours(2));
		app.request(this.id, (session) -> {
		});
		this.world.settle();
		assertThat(this.world.truth(this.id)).contains("\"fromTheFuture\":{ \"x\" : [1, 2] }", "\"zipped\":false");
		KvSession session = app.find(this.id);
		session.changeSessionId();
		app.save(session);
		assertThat(this.world.truth(session.getId())).contains("\"fromTheFuture\":{ \"x\" : [1, 2] }",
				"\"zipped\":false");
	}

	@Test
	@DisplayName("P9 an unreadable session does not stand in the way of its deletion")
	void deletion() {
		this.world.store(this.id, "{ no record");
		app(UnreadablePolicy.FAIL).delete(this.id);
		assertThat(this.world.truth(this.id)).isNull();
	}

}
