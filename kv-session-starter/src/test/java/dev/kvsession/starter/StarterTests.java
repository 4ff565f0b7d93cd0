package dev.kvsession.starter;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Collectors;

import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.kvsession.test.KvEmulator;
import dev.kvsession.test.kv.KvEmulatorSettings;

import static org.assertj.core.api.Assertions.assertThat;

class StarterTests {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	@Test
	void keepsAPlainMvcApplicationsSessionsInKv() throws Exception {
		assertThat(ClassUtils.isPresent("org.springframework.security.core.Authentication", null)).isFalse();
		try (KvEmulator kv = KvEmulator.start(KvEmulatorSettings.realistic(1));
				ConfigurableApplicationContext application = start(kv.propertyPairs())) {
			HttpResponse<String> first = get(application, "none");
			assertThat(first.body()).isEqualTo("1");
			String cookie = first.headers()
				.allValues("set-cookie")
				.stream()
				.map((header) -> header.replaceAll(";.*", ""))
				.collect(Collectors.joining("; "));
			assertThat(get(application, cookie).body()).isEqualTo("2");
			assertThat(kv.contents().keys("session:")).hasSize(1);
		}
	}

	@Test
	void startsAPlainMvcApplicationWithoutKv() throws Exception {
		try (ConfigurableApplicationContext application = start()) {
			HttpResponse<String> page = get(application, "none");
			assertThat(page.body()).isEqualTo("1");
			assertThat(page.headers().firstValue("set-cookie").orElseThrow()).startsWith("JSESSIONID=");
		}
	}

	@Test
	void bringsNoHttpClientThatBootWouldGiveToTheApplicationsOwnRestClient() {
		assertThat(ClassUtils.isPresent("org.apache.hc.client5.http.impl.classic.HttpClientBuilder", null)).isFalse();
	}

	private static ConfigurableApplicationContext start(String... properties) {
		SpringApplication application = new SpringApplication(Counting.class);
		application.addInitializers((context) -> TestPropertyValues.of(properties)
			.and("server.port=0", "server.address=127.0.0.1")
			.applyTo(context));
		return application.run();
	}

	private static HttpResponse<String> get(ConfigurableApplicationContext application, String cookie)
			throws Exception {
		int port = ((WebServerApplicationContext) application).getWebServer().getPort();
		return HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/count"))
			.header("Cookie", cookie)
			.build(), BodyHandlers.ofString());
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@RestController
	static class Counting {

		@GetMapping("/count")
		String count(HttpSession session) {
			Integer before = (Integer) session.getAttribute("count");
			int count = (before != null) ? before + 1 : 1;
			session.setAttribute("count", count);
			return Integer.toString(count);
		}

	}

}
