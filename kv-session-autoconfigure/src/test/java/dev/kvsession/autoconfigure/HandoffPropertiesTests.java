package dev.kvsession.autoconfigure;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.web.http.HeaderHttpSessionIdResolver;
import org.springframework.session.web.http.SessionRepositoryFilter;

import dev.kvsession.client.KvClient;
import dev.kvsession.session.web.KvSessionFilter;
import dev.kvsession.test.KvEmulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;

class HandoffPropertiesTests {

	private static final String SECRET = "cloudflare.kv.secret=a-secret-that-nobody-may-see-0001";

	private static final String OTHER_SECRET = "cloudflare.kv.secret=a-secret-that-nobody-may-see-0002";

	@RegisterExtension
	static KvEmulatorExtension kv = new KvEmulatorExtension();

	private static WebApplicationContextRunner instance(String... properties) {
		return SessionContexts.unconfigured()
			.withPropertyValues(kv.emulator().propertyPairs())
			.withPropertyValues(properties);
	}

	private static Cookie[] login(ApplicationContext context) throws IOException, ServletException {
		return send(context, new MockHttpServletRequest(),
				(request) -> request.getSession().setAttribute("user", "octocat"))
			.getCookies();
	}

	private static boolean finds(ApplicationContext context, Cookie[] cookies) throws IOException, ServletException {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setCookies(Stream.of(cookies)
			.map((cookie) -> new Cookie(cookie.getName(), cookie.getValue()))
			.toArray(Cookie[]::new));
		boolean[] found = new boolean[1];
		send(context, request, (inner) -> found[0] = inner.getSession(false) != null);
		return found[0];
	}

	private static MockHttpServletResponse send(ApplicationContext context, MockHttpServletRequest request,
			Application application) throws IOException, ServletException {
		MockHttpServletResponse response = new MockHttpServletResponse();
		FilterChain servlet = (inner, answer) -> application.handle((HttpServletRequest) inner);
		SessionRepositoryFilter<?> spring = context.getBean(SessionRepositoryFilter.class);
		context.getBean(KvSessionFilter.class)
			.doFilter(request, response, (inner, answer) -> spring.doFilter(inner, answer, servlet));
		return response;
	}

	private static void forgetRecords() {
		kv.emulator().contents().keys("").forEach(kv.emulator().contents()::remove);
	}

	/**
	 * Whether the second instance finds a session of the first that KV does not show.
	 */
	private static boolean isHandedOver(WebApplicationContextRunner from, WebApplicationContextRunner to) {
		boolean[] found = new boolean[1];
		from.run((first) -> {
			Cookie[] cookies = login(first);
			assertThat(cookies).extracting(Cookie::getName).containsExactlyInAnyOrder("SESSION", "SESSION-HANDOFF");
			forgetRecords();
			to.run((second) -> found[0] = finds(second, cookies));
		});
		return found[0];
	}

	@Test
	void theTokenIsEnough() {
		assertThat(isHandedOver(instance(), instance())).isTrue();
	}

	@Test
	void theSecretCountsIfThereIsOne() {
		assertThat(isHandedOver(instance(SECRET), instance(SECRET))).isTrue();
		assertThat(isHandedOver(instance(SECRET), instance(OTHER_SECRET))).isFalse();
		assertThat(isHandedOver(instance(SECRET), instance())).isFalse();
	}

	@Test
	@DisplayName("P5 a cookie of another namespace or prefix is worth nothing, though the secret is the same")
	void theNamespaceCounts() {
		assertThat(isHandedOver(instance(SECRET),
				instance(SECRET, "cloudflare.kv.namespace-id=" + SessionContexts.NAMESPACE_ID)))
			.isFalse();
		assertThat(isHandedOver(instance(SECRET), instance(SECRET, "cloudflare.kv.session.key-prefix=app:"))).isFalse();
		String namespace = "cloudflare.kv.namespace-id=" + kv.emulator().namespaceId().toUpperCase(Locale.ROOT);
		assertThat(isHandedOver(instance(SECRET), instance(SECRET, namespace))).isTrue();
	}

	@Test
	void connectionDetailsMayCarryTheSecret() {
		WebApplicationContextRunner details = instance(OTHER_SECRET).withBean(KvConnectionDetails.class, Details::new);
		assertThat(isHandedOver(details, instance(SECRET))).isTrue();
	}

	@Test
	void anotherClientNeedsTheSecret() {
		WebApplicationContextRunner own = SessionContexts.unconfigured()
			.withBean(KvClient.class, InMemoryKvClient::new);
		own.run((context) -> assertThat(login(context)).extracting(Cookie::getName).containsExactly("SESSION"));
		assertThat(isHandedOver(own.withPropertyValues(SECRET), own.withPropertyValues(SECRET))).isTrue();
	}

	@Test
	void canBeSwitchedOff() {
		instance("cloudflare.kv.session.handoff.enabled=false")
			.run((context) -> assertThat(login(context)).extracting(Cookie::getName).containsExactly("SESSION"));
	}

	@ParameterizedTest
	@CsvSource({ "same-site=omitted,SameSite,false", "same-site=none,SameSite=None,true",
			"same-site=strict,SameSite=Strict,true", "domain=example.com,Domain=example.com,true",
			"path=/shop,Path=/shop,true", "secure=true,Secure,true", "partitioned=true,Partitioned,true",
			"http-only=false,HttpOnly,true", "max-age=7d,Max-Age=120,true", "max-age=7d,Expires=,true",
			"name=LOGIN,LOGIN-HANDOFF=,true" })
	@DisplayName("Boot's properties of the session cookie hold for the handoff cookie, but for its life and for scripts")
	void followsBootsCookieProperties(String property, String attribute, boolean present) {
		SessionContexts.embedded()
			.withPropertyValues(kv.emulator().propertyPairs())
			.withPropertyValues("server.servlet.session.cookie." + property)
			.run((context) -> {
				List<String> cookies = send(context, new MockHttpServletRequest(),
						(request) -> request.getSession().setAttribute("user", "octocat"))
					.getHeaders("Set-Cookie");
				assertThat(cookies).hasSize(2)
					.filteredOn((cookie) -> cookie.contains("-HANDOFF="))
					.singleElement()
					.satisfies((cookie) -> assertThat(cookie.contains(attribute)).as(cookie).isEqualTo(present));
			});
	}

	@Test
	void isNotSentWhereIdsTravelInHeaders() {
		instance().withBean(HeaderHttpSessionIdResolver.class, HeaderHttpSessionIdResolver::xAuthToken)
			.run((context) -> assertThat(login(context)).isEmpty());
	}

	@Test
	@DisplayName("P12 a secret that is too short stops the start, and is not shown")
	void saysThatTheSecretIsTooShort() {
		FailedStart start = FailedStart.of(instance("cloudflare.kv.secret=short-secret"));
		assertThat(start.description()).startsWith("cloudflare.kv.secret (from ")
			.endsWith("must have at least 32 characters.");
		assertThat(start.action()).startsWith("Make one with 'openssl rand -base64 32'");
		assertThat(start.everything()).doesNotContain("short-secret");
	}

	@Test
	void aBlankSecretIsNone() {
		assertThat(isHandedOver(instance("cloudflare.kv.secret=${UNSET_SECRET:}"), instance())).isTrue();
	}

	private static final class Details implements KvConnectionDetails {

		@Override
		public String getNamespaceId() {
			return kv.emulator().namespaceId();
		}

		@Override
		public String getApiToken() {
			return kv.emulator().apiToken();
		}

		@Override
		public String getBaseUrl() {
			return kv.emulator().baseUrl();
		}

		@Override
		public String getSecret() {
			return SECRET.substring(SECRET.indexOf('=') + 1);
		}

	}

	@FunctionalInterface
	private interface Application {

		void handle(HttpServletRequest request);

	}

}
