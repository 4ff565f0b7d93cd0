package dev.kvsession.session.outage;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.kvsession.CapturedLog;
import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallObserver;
import dev.kvsession.client.KvClient;
import dev.kvsession.client.KvRuntime;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.SessionRuntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A client of the user's own that names the key in its failures.
 */
class ForeignClientSecretsTests {

	@RegisterExtension
	private final CapturedLog log = CapturedLog.traced("dev.kvsession");

	private final World world = new World();

	private final Instance app = this.world.instance();

	private boolean failing;

	private final KvSessionRepository repository = repository();

	private KvSessionRepository repository() {
		SessionRuntime runtime = this.app.runtime();
		KvClient client = (KvClient) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { KvClient.class }, this::call);
		KvRuntime kv = new KvRuntime(runtime.clock(), runtime.nanoTime(), runtime.scheduler(), runtime.jitter());
		return new KvSessionRepository(new KvEngine(client, KvBudget.UNLIMITED, kv, KvCallObserver.NOOP), runtime,
				World.CODEC);
	}

	private Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
		if (this.failing) {
			return CompletableFuture.failedFuture(new IllegalStateException("no route for " + arguments[0]));
		}
		try {
			return method.invoke(this.app.client(), arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	private KvSession created() {
		KvSession session = this.repository.createSession();
		this.repository.save(session);
		return session;
	}

	private void assertLogged(String id, String part) {
		assertThat(this.log.lines())
			.anyMatch((message) -> message.contains(part) && message.contains(IllegalStateException.class.getName()))
			.noneMatch((message) -> message.contains(id));
	}

	@Test
	@DisplayName("P12 what a user's own client says of a failed logout is not logged")
	void logout() {
		String id = created().getId();
		this.failing = true;
		assertThatIllegalStateException().isThrownBy(() -> this.repository.deleteById(id));
		assertLogged(id, "has ended here");
	}

	@Test
	@DisplayName("P12 nor what it says of a touch")
	void touch() {
		String id = created().getId();
		this.world.pass(Duration.ofMinutes(70));
		KvSession used = this.repository.findById(id);
		this.world.pass(Duration.ofSeconds(10));
		this.failing = true;
		used.setLastAccessedTime(this.world.now());
		this.repository.save(used);
		this.world.pass(Duration.ofMinutes(1));
		assertLogged(id, "last access");
	}

	@Test
	@DisplayName("P12 nor what it says of a change that was accepted, and of a second look")
	void acceptedChange() {
		KvSession session = created();
		session.setAttribute("a", "1");
		this.repository.save(session);
		this.failing = true;
		this.world.pass(Duration.ofMinutes(3));
		assertLogged(session.getId(), "are lost");
		assertLogged(session.getId(), "second look");
	}

}
