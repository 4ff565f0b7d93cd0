package dev.kvsession.autoconfigure.server;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.web.error.ErrorPage;
import org.springframework.boot.web.error.ErrorPageRegistrar;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.session.FlushMode;
import org.springframework.session.web.http.SessionRepositoryFilter;

import dev.kvsession.autoconfigure.SessionContexts;
import dev.kvsession.session.web.KvSessionFilter;
import dev.kvsession.test.KvEmulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests whose session cannot be saved because of what is in it: no failure of KV.
 */
class UnstorableAttributeTests {

	private static final List<String> PATHS = List.of("/short", "/flushed", "/long", "/redirected", "/refused",
			"/broken", "/async", "/renamed");

	private static final String FLUSH_MODE = "cloudflare.kv.session.flush-mode=";

	private static KvEmulator kv;

	@BeforeAll
	static void start() {
		kv = KvEmulator.start();
	}

	@AfterAll
	static void stop() {
		kv.close();
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("P9 on Tomcat the error page of a request whose attribute cannot be stored is sent, whole")
	void showsTheErrorPageOnTomcat(FlushMode mode) {
		try (ShopApplication.Running tomcat = ShopApplication.start(Application.class, kv.properties(),
				FLUSH_MODE + mode)) {
			showsTheErrorPages(tomcat.url(), mode);
		}
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("P9 on Jetty the error page of a request whose attribute cannot be stored is sent, whole")
	void showsTheErrorPageOnJetty(FlushMode mode) {
		SessionContexts.unconfigured()
			.withPropertyValues(kv.propertyPairs())
			.withPropertyValues(FLUSH_MODE + mode)
			.run((context) -> {
				try (JettyServer jetty = new JettyServer(new UnstorableServlet(),
						context.getBean(KvSessionFilter.class), context.getBean(SessionRepositoryFilter.class))) {
					showsTheErrorPages(jetty.url(), mode);
				}
			});
	}

	@Test
	@DisplayName("P9 Boot's own error page is sent as well")
	void showsBootsErrorPage() {
		try (ShopApplication.Running tomcat = ShopApplication.start(WithBootsErrorPage.class, kv.properties())) {
			HttpResponse<String> json = new Browser(tomcat).get("/spoil/short");
			assertThat(json.statusCode()).isEqualTo(500);
			assertThat(json.body()).contains("\"status\":500", "\"path\":\"/spoil/short\"");
		}
	}

	private static void showsTheErrorPages(String url, FlushMode mode) {
		for (String path : PATHS) {
			if (mode == FlushMode.IMMEDIATE && path.equals("/renamed")) {
				// The new id is in KV already, and its cookie is lost with the answer.
				continue;
			}
			showsTheErrorPage(new Browser(url), path);
			Browser browser = new Browser(url);
			assertThat(browser.get("/good").statusCode()).isEqualTo(200);
			assertThat(browser.get("/see").body()).isEqualTo("[user]");
			showsTheErrorPage(browser, path);
		}
	}

	private static void showsTheErrorPage(Browser browser, String path) {
		String seen = browser.get("/see").body();
		HttpResponse<String> response = browser.get(path);
		assertThat(response.statusCode()).as(path).isEqualTo(500);
		assertThat(response.body()).as(path).isEqualTo("error 500" + seen + UnstorableServlet.TEXT);
		assertThat(browser.get("/see").body()).as(path).isEqualTo(seen);
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = { DataSourceAutoConfiguration.class, ErrorMvcAutoConfiguration.class })
	static class Application extends Open {

		@Bean
		ServletRegistrationBean<UnstorableServlet> servlet() {
			return new ServletRegistrationBean<>(new UnstorableServlet(),
					Stream.concat(PATHS.stream(), Stream.of("/good", "/see", "/error")).toArray(String[]::new));
		}

		@Bean
		ErrorPageRegistrar errorPages() {
			return (registry) -> registry.addErrorPages(new ErrorPage("/error"));
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	static class WithBootsErrorPage extends Open {

		@Bean
		ServletRegistrationBean<UnstorableServlet> servlet() {
			return new ServletRegistrationBean<>(new UnstorableServlet(), "/spoil/*");
		}

	}

	static class Open {

		@Bean
		SecurityFilterChain security(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll()).build();
		}

	}

}
