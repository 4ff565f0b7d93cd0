package dev.kvsession.autoconfigure.server;

import java.time.Duration;

import jakarta.servlet.SessionCookieConfig;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.session.autoconfigure.DefaultCookieSerializerCustomizer;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.web.http.CookieHttpSessionIdResolver;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.session.web.http.HeaderHttpSessionIdResolver;
import org.springframework.session.web.http.HttpSessionIdResolver;
import org.springframework.web.context.WebApplicationContext;

import dev.kvsession.autoconfigure.EnableKvHttpSessionTests;
import dev.kvsession.autoconfigure.InMemoryKvClient;
import dev.kvsession.autoconfigure.SessionContexts;
import dev.kvsession.client.KvClient;
import dev.kvsession.session.web.KvSessionFilter;

import static org.assertj.core.api.Assertions.assertThat;

class SessionCookieTests {

	@Test
	void bootsCookiePropertiesApply() {
		SessionContexts.embedded()
			.withPropertyValues("server.servlet.session.cookie.name=LOGIN", "server.servlet.session.cookie.max-age=7d",
					"server.servlet.session.cookie.same-site=strict")
			.run((context) -> assertThat(cookie(context)).startsWith("LOGIN=")
				.contains("Max-Age=604800", "SameSite=Strict", "HttpOnly"));
	}

	@Test
	void bootsDefaultsApply() {
		SessionContexts.embedded()
			.run((context) -> assertThat(cookie(context)).startsWith("SESSION=")
				.contains("SameSite=Lax", "HttpOnly")
				.doesNotContain("Max-Age"));
	}

	@Test
	void customizersOfBootsSerializerApply() {
		SessionContexts.embedded()
			.withBean(DefaultCookieSerializerCustomizer.class, () -> (serializer) -> serializer.setCookieName("MINE"))
			.run((context) -> assertThat(cookie(context)).startsWith("MINE="));
	}

	@Test
	void aSerializerOfTheUserApplies() {
		SessionContexts.embedded().withBean(CookieSerializer.class, () -> named("OWN")).run((context) -> {
			assertThat(context).hasSingleBean(CookieSerializer.class);
			assertThat(cookie(context)).startsWith("OWN=");
		});
	}

	@Test
	void aResolverOfTheUserIsTheOnlyOne() {
		SessionContexts.embedded()
			.withBean(HeaderHttpSessionIdResolver.class, HeaderHttpSessionIdResolver::xAuthToken)
			.run((context) -> assertThat(context).hasSingleBean(HttpSessionIdResolver.class)
				.doesNotHaveBean(CookieHttpSessionIdResolver.class));
	}

	@Test
	void inADeployedWarTheContainersCookieApplies() {
		SessionContexts.configured()
			.withInitializer((context) -> configureCookie((WebApplicationContext) context))
			.run((context) -> assertThat(cookie(context)).startsWith("FROM_CONTAINER="));
	}

	@Test
	@DisplayName("P7 the age that the container gives to cookies wins over that of the session")
	void theContainersAgeWins() {
		new WebApplicationContextRunner().withInitializer((context) -> configureCookie((WebApplicationContext) context))
			.withBean(KvClient.class, InMemoryKvClient::new)
			.withPropertyValues("cloudflare.kv.session.cookie-follows-session=true")
			.withUserConfiguration(EnableKvHttpSessionTests.Plain.class)
			.run((context) -> {
				MockHttpServletRequest request = new MockHttpServletRequest();
				request.setAttribute(KvSessionFilter.LIFETIME_ATTRIBUTE, Duration.ofDays(7));
				MockHttpServletResponse response = new MockHttpServletResponse();
				context.getBean(HttpSessionIdResolver.class).setSessionId(request, response, "an-id");
				assertThat(response.getHeader("Set-Cookie")).contains("Max-Age=60;");
			});
	}

	@Test
	void withoutBootsSerializerTheContainersCookieApplies() {
		new WebApplicationContextRunner().withInitializer((context) -> configureCookie((WebApplicationContext) context))
			.withBean(KvClient.class, InMemoryKvClient::new)
			.withUserConfiguration(EnableKvHttpSessionTests.Plain.class)
			.run((context) -> assertThat(cookie(context)).startsWith("FROM_CONTAINER=")
				.contains("Path=/shop", "Domain=example.com", "Max-Age=60"));
	}

	private static void configureCookie(WebApplicationContext context) {
		SessionCookieConfig config = context.getServletContext().getSessionCookieConfig();
		config.setName("FROM_CONTAINER");
		config.setPath("/shop");
		config.setDomain("example.com");
		config.setMaxAge(60);
	}

	private static CookieSerializer named(String name) {
		DefaultCookieSerializer serializer = new DefaultCookieSerializer();
		serializer.setCookieName(name);
		return serializer;
	}

	private static String cookie(AssertableWebApplicationContext context) {
		MockHttpServletResponse response = new MockHttpServletResponse();
		context.getBean(HttpSessionIdResolver.class).setSessionId(new MockHttpServletRequest(), response, "an-id");
		return String.valueOf(response.getHeader("Set-Cookie"));
	}

}
