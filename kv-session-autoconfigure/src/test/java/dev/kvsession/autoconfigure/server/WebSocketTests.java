package dev.kvsession.autoconfigure.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;

import jakarta.websocket.DeploymentException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.messaging.converter.StringMessageConverter;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.messaging.simp.stomp.ConnectionLostException;
import org.springframework.messaging.simp.stomp.StompSession;
import org.springframework.messaging.simp.stomp.StompSessionHandlerAdapter;
import org.springframework.session.SessionRepository;
import org.springframework.session.web.socket.config.annotation.AbstractSessionWebSocketMessageBrokerConfigurer;
import org.springframework.stereotype.Controller;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.messaging.WebSocketStompClient;

import dev.kvsession.autoconfigure.EnableKvHttpSession;
import dev.kvsession.client.KvClient;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * WebSockets of an application as Spring Session's documentation shows it, on a real
 * server, in the time of a {@link World}.
 */
class WebSocketTests {

	private static final Duration TIMEOUT = Duration.ofHours(2);

	private static final Duration TOUCH_INTERVAL = TIMEOUT.dividedBy(10);

	/** Touches are written a few seconds after the use. */
	private static final Duration WRITTEN = Duration.ofSeconds(10);

	private final World world = new World();

	private final ShopApplication.Running shop = start();

	private final Instance here = this.shop.context().getBean(Instance.class);

	private final Instance elsewhere = instance(this.world, (event) -> {
	});

	private final BlockingQueue<String> said = this.shop.context().getBean(Room.class).said;

	private final Browser browser = new Browser(this.shop);

	private ShopApplication.Running start() {
		SpringApplication application = new SpringApplication(ShopApplication.class, Store.class, Chat.class,
				Room.class);
		application.addInitializers(
				(context) -> ((GenericApplicationContext) context).registerBean(World.class, () -> this.world));
		return ShopApplication.start(application, Map.of());
	}

	private static Instance instance(World world, ApplicationEventPublisher events) {
		return world.instance((repository) -> {
			repository.setApplicationEventPublisher(events);
			repository.setDefaultMaxInactiveInterval(TIMEOUT);
		});
	}

	@AfterEach
	void stop() {
		this.shop.close();
	}

	private Socket login() throws Exception {
		this.browser.login();
		return connect();
	}

	private Socket connect() throws Exception {
		return Socket.open(this.shop.url(), this.browser.cookie());
	}

	private static String id(Browser browser) {
		return new String(Base64.getDecoder().decode(browser.cookie()), StandardCharsets.UTF_8);
	}

	private void say(Socket socket, int messages) throws InterruptedException {
		for (int i = 0; i < messages; i++) {
			socket.session().send("/app/say", "hello");
			assertThat(this.said.take()).isEqualTo("hello");
		}
	}

	/* Not only the socket's first message is refused. */
	private void assertNoHandshake() {
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(this::connect)
			.withCauseInstanceOf(DeploymentException.class);
	}

	@Test
	@DisplayName("P1 messages keep the session alive; many of them cost one write after a touch interval, none within")
	void messages() throws Exception {
		Socket socket = login();
		this.world.forgetCalls();
		say(socket, 20);
		this.world.pass(WRITTEN);
		assertThat(this.world.calls()).isEmpty();
		for (int i = 1; i <= 12; i++) {
			this.world.pass(TOUCH_INTERVAL);
			say(socket, 20);
			this.world.pass(WRITTEN);
			say(socket, 20);
			assertThat(this.world.calls(KvCallKind.PUT)).hasSize(i);
		}
		assertThat(this.elsewhere.find(id(this.browser))).isNotNull();
		assertThat(this.browser.get("/me").body()).isEqualTo("ada");
	}

	@Test
	@DisplayName("P5 the sockets of a session are closed when it ends here, and no others")
	void endedHere() throws Exception {
		Socket first = login();
		Socket second = connect();
		Browser other = new Browser(this.shop);
		other.login();
		try (Socket others = Socket.open(this.shop.url(), other.cookie())) {
			this.browser.logout();
			first.awaitClosed();
			second.awaitClosed();
			say(others, 1);
		}
		Socket third = login();
		this.here.delete(id(this.browser));
		third.awaitClosed();
	}

	@Test
	@DisplayName("P5 the sockets of a session that ends elsewhere are closed when this instance learns of it")
	void endedElsewhere() throws Exception {
		Socket socket = login();
		this.world.settle();
		say(socket, 1);
		this.elsewhere.delete(id(this.browser));
		say(socket, 1);
		this.world.settle();
		socket.session().send("/app/say", "the message whose look-up finds no session");
		socket.awaitClosed();
	}

	@Test
	@DisplayName("P5 a silent socket is closed, too, if the session was changed here just before it ended elsewhere")
	void endedElsewhereAfterAChange() throws Exception {
		Socket socket = login();
		this.elsewhere.delete(id(this.browser));
		this.world.settle();
		socket.awaitClosed();
	}

	@Test
	@DisplayName("P7 the sockets of a session that expires are closed, and it opens no others")
	void expired() throws Exception {
		Socket socket = login();
		this.world.pass(TIMEOUT.plusMinutes(2));
		socket.awaitClosed();
		assertNoHandshake();
	}

	@Test
	@DisplayName("P5 a handshake waits for KV where a GET is served, and a session that ended elsewhere opens no socket")
	void handshake() throws Exception {
		Browser reader = new Browser(this.shop);
		reader.login();
		this.browser.login();
		this.world.settle();
		for (String id : List.of(id(reader), id(this.browser))) {
			this.here.find(id);
			this.elsewhere.delete(id);
			this.world.remove(id);
		}
		this.world.pass(Duration.ofMinutes(1));
		assertThat(reader.get("/me").body()).isEqualTo("ada");
		assertNoHandshake();
	}

	/**
	 * A client's end of a socket.
	 */
	private record Socket(StompSession session, CompletableFuture<Void> closed) implements AutoCloseable {

		static Socket open(String url, String cookie) throws Exception {
			WebSocketStompClient client = new WebSocketStompClient(new StandardWebSocketClient());
			client.setMessageConverter(new StringMessageConverter());
			WebSocketHttpHeaders headers = new WebSocketHttpHeaders();
			headers.add("Cookie", "SESSION=" + cookie);
			CompletableFuture<Void> closed = new CompletableFuture<>();
			StompSession session = client
				.connectAsync(url.replace("http:", "ws:") + "/chat", headers, new StompSessionHandlerAdapter() {

					@Override
					public void handleTransportError(StompSession lost, Throwable ex) {
						if (ex instanceof ConnectionLostException) {
							closed.complete(null);
						}
					}

				})
				.get();
			return new Socket(session, closed);
		}

		void awaitClosed() throws Exception {
			this.closed.get();
		}

		@Override
		public void close() {
			this.session.disconnect();
		}

	}

	@Configuration
	@EnableWebSocketMessageBroker
	static class Chat extends AbstractSessionWebSocketMessageBrokerConfigurer<KvSession> {

		@Override
		protected void configureStompEndpoints(StompEndpointRegistry registry) {
			registry.addEndpoint("/chat");
		}

		@Override
		public void configureMessageBroker(MessageBrokerRegistry registry) {
			registry.enableSimpleBroker("/queue/", "/topic/");
			registry.setApplicationDestinationPrefixes("/app");
		}

	}

	@Controller
	static class Room {

		private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

		@MessageMapping("/say")
		void say(String message) {
			this.said.add(message);
		}

	}

	/**
	 * Sessions in the world's KV.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableKvHttpSession
	static class Store {

		@Bean
		Instance instance(World world, ApplicationEventPublisher events) {
			return WebSocketTests.instance(world, events);
		}

		@Bean
		KvClient client(Instance instance) {
			return instance.client();
		}

		/*
		 * Spring Session takes the time of a use from the machine's clock. Here it is the
		 * world's.
		 */
		@Bean
		@Primary
		SessionRepository<KvSession> sessions(World world, Instance instance) {
			return new SessionRepository<>() {

				@Override
				public KvSession createSession() {
					return instance.create();
				}

				@Override
				public void save(KvSession session) {
					session.setLastAccessedTime(world.now());
					instance.save(session);
				}

				@Override
				public KvSession findById(String id) {
					return instance.find(id);
				}

				@Override
				public void deleteById(String id) {
					instance.delete(id);
				}

			};
		}

	}

}
