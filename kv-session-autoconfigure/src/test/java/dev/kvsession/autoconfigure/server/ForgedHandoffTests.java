package dev.kvsession.autoconfigure.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.web.http.SessionRepositoryFilter;

import dev.kvsession.autoconfigure.InMemoryKvClient;
import dev.kvsession.autoconfigure.SessionContexts;
import dev.kvsession.autoconfigure.failure.KvConfigurationException;
import dev.kvsession.client.KvClient;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.settings.HandoffKey;
import dev.kvsession.session.web.KvSessionFilter;
import dev.kvsession.test.KvEmulator;
import dev.kvsession.test.KvFault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Somebody who knows what keys are derived from makes a handoff cookie with an
 * application of their own, and sends it to ours.
 */
class ForgedHandoffTests {

	private final KvEmulator kv = KvEmulator.start();

	private ServerSocket blackHole;

	@BeforeEach
	void listen() throws IOException {
		this.blackHole = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
	}

	@AfterEach
	void stop() throws IOException {
		this.blackHole.close();
		this.kv.close();
	}

	/**
	 * Cookies of a session of "root", as the forger's own application sends them.
	 */
	private String forged(String secret) {
		String[] cookies = new String[1];
		SessionContexts.unconfigured()
			.withBean(KvClient.class, InMemoryKvClient::new)
			.withBean("forger", SessionRepositoryCustomizer.class, () -> new Forger(secret, this.kv.namespaceId()))
			.run((context) -> {
				FilterChain login = (request, answer) -> ((HttpServletRequest) request).getSession()
					.setAttribute("SPRING_SECURITY_CONTEXT", new SecurityContextImpl(UsernamePasswordAuthenticationToken
						.authenticated("root", null, AuthorityUtils.createAuthorityList("ROLE_ADMIN"))));
				SessionRepositoryFilter<?> spring = context.getBean(SessionRepositoryFilter.class);
				MockHttpServletResponse response = new MockHttpServletResponse();
				context.getBean(KvSessionFilter.class)
					.doFilter(new MockHttpServletRequest(), response,
							(request, answer) -> spring.doFilter(request, answer, login));
				assertThat(response.getCookies()).extracting(Cookie::getName).contains("SESSION-HANDOFF");
				cookies[0] = "SESSION=" + response.getCookie("SESSION").getValue() + "; SESSION-HANDOFF="
						+ response.getCookie("SESSION-HANDOFF").getValue();
			});
		return cookies[0];
	}

	/**
	 * Who is logged in by forged cookies, or the page that is there for strangers.
	 */
	private String loggedInBy(String cookies, Map<String, Object> connection) throws IOException, InterruptedException {
		try (ShopApplication.Running shop = ShopApplication.start(connection)) {
			return HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(URI.create(shop.url() + "/me")).header("Cookie", cookies).build(),
						BodyHandlers.ofString())
				.body();
		}
	}

	private Map<String, Object> connection(String weather) {
		Map<String, Object> connection = this.kv.properties();
		connection.put("cloudflare.kv.read-timeout", "500ms");
		switch (weather) {
			case "black hole" ->
				connection.put("cloudflare.kv.base-url", "http://127.0.0.1:" + this.blackHole.getLocalPort());
			case "connection refused" -> connection.put("cloudflare.kv.base-url", "http://127.0.0.1:1");
			case "503" -> this.kv.faults().every(KvFault.status(503));
			default -> assertThat(weather).isEqualTo("401");
		}
		return connection;
	}

	@Test
	void whoKnowsTheKeyIsBelieved() throws Exception {
		assertThat(loggedInBy(forged(this.kv.apiToken()), this.kv.properties())).isEqualTo("root");
		assertThat(loggedInBy(forged("another-key-of-32-characters-0001"), this.kv.properties()))
			.doesNotContain("root");
	}

	@ParameterizedTest
	@CsvSource({ "black hole, api-token", "connection refused, api-token", "503, api-token", "401, api-token",
			"black hole, secret", "connection refused, secret", "503, secret", "401, secret" })
	@DisplayName("P12 the literal of an unset variable opens nothing, whatever KV does")
	void theLiteralOfAnUnsetVariableOpensNothing(String weather, String property) {
		String literal = "${UNSET_CLOUDFLARE_KV_VARIABLE_OF_32}";
		Map<String, Object> connection = connection(weather);
		connection.put("cloudflare.kv." + property, literal);
		assertThatException()
			.isThrownBy(() -> assertThat(loggedInBy(forged(literal), connection)).doesNotContain("root"))
			.havingRootCause()
			.isInstanceOf(KvConfigurationException.class)
			.withMessageContaining("have no value");
	}

	@ParameterizedTest
	@CsvSource({ "black hole", "connection refused", "503", "401" })
	@DisplayName("P12 a token that KV has not accepted opens nothing, whatever KV does")
	void aTokenThatKvHasNotAcceptedOpensNothing(String weather) throws Exception {
		String known = "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hI6kL9n";
		Map<String, Object> connection = connection(weather);
		connection.put("cloudflare.kv.api-token", known);
		assertThat(loggedInBy(forged(known), connection)).doesNotContain("root");
	}

	/**
	 * Gives the forger's application the key.
	 */
	private record Forger(String secret, String scope) implements SessionRepositoryCustomizer<KvSessionRepository> {

		@Override
		public void customize(KvSessionRepository repository) {
			repository.setHandoffKey(HandoffKey.of(this.secret, this.scope));
		}

	}

}
