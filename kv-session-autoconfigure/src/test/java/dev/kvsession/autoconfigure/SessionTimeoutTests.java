package dev.kvsession.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.session.autoconfigure.SessionTimeout;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import dev.kvsession.session.KvSessionRepository;

import static org.assertj.core.api.Assertions.assertThat;

class SessionTimeoutTests {

	private final WebApplicationContextRunner embedded = SessionContexts.embedded();

	private final WebApplicationContextRunner war = SessionContexts.configured();

	@ParameterizedTest
	@CsvSource(textBlock = """
			,    ,   ,    7d
			,    ,   15m, 15m
			,    ,   30m, 30m
			,    ,   900, 900s
			,    ,   0,   0s
			,    ,   -1,  -1s
			,    ,   '',  7d
			,    2h, 45m, 2h
			90s, 2h, 45m, 90s
			90s, ,   ,    90s
			900, ,   ,    900s
			,    600, ,   600s
			0s,  2h, ,    0s
			-1s, 2h, ,    -1s
			""")
	@DisplayName("P7 the timeout is our own property's, then Spring Session's, then the container's if it was set, then seven days")
	void takesTheFirstThatWasSet(String own, String spring, String servlet, String expected) {
		List<String> properties = new ArrayList<>();
		add(properties, "cloudflare.kv.session.timeout", own);
		add(properties, "spring.session.timeout", spring);
		add(properties, "server.servlet.session.timeout", servlet);
		expect(this.embedded.withPropertyValues(properties.toArray(String[]::new)), expected);
		expect(this.war.withPropertyValues(properties.toArray(String[]::new)), expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "server.servlet.session.timeout=PT20M", "SERVER.SERVLET.SESSION.TIMEOUT=20m",
			"server.servlet.session.timeout=${MINE:20m}" })
	void readsItHoweverItIsWritten(String property) {
		expect(this.embedded.withPropertyValues(property), "20m");
	}

	@ParameterizedTest
	@ValueSource(strings = { "SERVER_SERVLET_SESSION_TIMEOUT", "server_servlet_session_timeout" })
	void readsAVariableOfTheEnvironment(String name) {
		expect(this.embedded.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.addLast(new SystemEnvironmentPropertySource("test-systemEnvironment", Map.of(name, "1200")))), "20m");
	}

	@Test
	void readsDefaultPropertiesOfTheApplication() {
		expect(this.embedded.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.addLast(new MapPropertySource("defaultProperties", Map.of("server.servlet.session.timeout", "20m")))),
				"20m");
	}

	@Test
	void takesWhatCodeMadeOfBootsProperties() {
		expect(this.embedded.withBean(TwentyMinutes.class), "20m");
		expect(this.embedded.withBean(TwentyMinutes.class).withPropertyValues("spring.session.timeout=2h"), "2h");
	}

	@Test
	void takesTheApplicationsOwnTimeout() {
		expect(this.embedded.withBean(SessionTimeout.class, () -> () -> Duration.ofMinutes(20)), "20m");
	}

	@Test
	void takesItWithTheAnnotationAlone() {
		expect(this.war.withUserConfiguration(EnableKvHttpSessionTests.Plain.class)
			.withPropertyValues("server.servlet.session.timeout=20m"), "20m");
	}

	@Test
	void leavesOtherPropertiesOfTheContainerAlone() {
		expect(this.embedded.withPropertyValues("server.servlet.session.cookie.name=MINE",
				"server.servlet.session.persistent=true", "server.reactive.session.timeout=20m"), "7d");
	}

	private static void expect(WebApplicationContextRunner contexts, String expected) {
		contexts.run((context) -> assertThat(
				context.getBean(KvSessionRepository.class).createSession().getMaxInactiveInterval())
			.isEqualTo(DurationStyle.detectAndParse(expected)));
	}

	private static void add(List<String> properties, String name, String value) {
		if (value != null) {
			properties.add(name + "=" + value);
		}
	}

	static final class TwentyMinutes implements BeanPostProcessor {

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			if (bean instanceof ServerProperties properties) {
				properties.getServlet().getSession().setTimeout(Duration.ofMinutes(20));
			}
			return bean;
		}

	}

}
