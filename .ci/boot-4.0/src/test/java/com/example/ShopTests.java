package com.example;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

import dev.kvsession.test.KvEmulator;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

class ShopTests {

	private final HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

	@Test
	void aLoginOutlivesARestart() throws Exception {
		assertThat(SpringBootVersion.getVersion()).startsWith("4.0.");
		try (KvEmulator kv = KvEmulator.start()) {
			try (ConfigurableApplicationContext shop = start(kv)) {
				assertThat(post(shop, "/login", "username=ada&password=pw").statusCode()).isEqualTo(302);
				assertThat(get(shop, "/me").body()).isEqualTo("ada");
			}
			try (ConfigurableApplicationContext shop = start(kv)) {
				assertThat(get(shop, "/me").body()).isEqualTo("ada");
				assertThat(get(shop, "/actuator/health").body()).contains("\"kv\"", "closed");
				assertThat(post(shop, "/logout", "").statusCode()).isEqualTo(302);
				assertThat(get(shop, "/me").statusCode()).isEqualTo(302);
			}
		}
	}

	private static ConfigurableApplicationContext start(KvEmulator kv) {
		Map<String, Object> properties = new HashMap<>(kv.properties());
		properties.put("server.port", "0");
		properties.put("spring.security.user.name", "ada");
		properties.put("spring.security.user.password", "{noop}pw");
		properties.put("management.endpoint.health.show-details", "always");
		SpringApplication application = new SpringApplication(Shop.class);
		application.setDefaultProperties(properties);
		return application.run();
	}

	private HttpResponse<String> get(ConfigurableApplicationContext shop, String path) throws Exception {
		return send(HttpRequest.newBuilder(uri(shop, path)).GET());
	}

	private HttpResponse<String> post(ConfigurableApplicationContext shop, String path, String form) throws Exception {
		return send(HttpRequest.newBuilder(uri(shop, path))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(form)));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static URI uri(ConfigurableApplicationContext shop, String path) {
		return URI.create("http://127.0.0.1:" + shop.getEnvironment().getProperty("local.server.port") + path);
	}

	@SpringBootApplication
	@RestController
	static class Shop {

		@Bean
		SecurityFilterChain security(HttpSecurity http) throws Exception {
			return http.csrf((csrf) -> csrf.disable())
				.authorizeHttpRequests((requests) -> requests.requestMatchers("/actuator/**")
					.permitAll()
					.anyRequest()
					.authenticated())
				.formLogin(Customizer.withDefaults())
				.logout(Customizer.withDefaults())
				.build();
		}

		@GetMapping("/me")
		String me(java.security.Principal user) {
			return user.getName();
		}

	}

}
