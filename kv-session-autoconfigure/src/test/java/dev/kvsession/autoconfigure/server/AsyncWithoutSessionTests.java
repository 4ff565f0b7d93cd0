package dev.kvsession.autoconfigure.server;

import java.net.http.HttpResponse;
import java.util.concurrent.Callable;

import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

import dev.kvsession.test.KvEmulator;
import dev.kvsession.test.KvFault;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asynchronous requests whose session cannot be saved.
 */
class AsyncWithoutSessionTests {

	@ParameterizedTest
	@ValueSource(strings = { "/now", "/later", "/callable", "/never" })
	@DisplayName("P11 an asynchronous request whose session cannot be saved gets 503, whole and at once")
	void getsTheAnswerOfAnyOther(String path) {
		try (KvEmulator kv = KvEmulator.start();
				ShopApplication.Running shop = ShopApplication.start(Application.class, kv.properties())) {
			kv.faults().every(KvFault.wrongToken());
			HttpResponse<String> answer = new Browser(shop).get(path);
			assertThat(answer.statusCode()).isEqualTo(503);
			assertThat(answer.headers().firstValue("retry-after")).isPresent();
			assertThat(answer.body()).startsWith("{\"type\":\"about:blank\"").endsWith("}").doesNotContain("result");
			kv.faults().clear();
			assertThat(new Browser(shop).get("/now").body()).isEqualTo("result");
		}
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@RestController
	static class Application {

		@Bean
		SecurityFilterChain security(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll()).build();
		}

		@GetMapping("/now")
		DeferredResult<String> now(HttpSession session) {
			DeferredResult<String> result = never(session);
			result.setResult("result");
			return result;
		}

		@GetMapping("/later")
		DeferredResult<String> later(HttpSession session) {
			DeferredResult<String> result = never(session);
			Thread thread = new Thread(() -> result.setResult("result"));
			thread.setDaemon(true);
			thread.start();
			return result;
		}

		@GetMapping("/callable")
		Callable<String> callable(HttpSession session) {
			session.setAttribute("user", "ada");
			return () -> "result";
		}

		@GetMapping("/never")
		DeferredResult<String> never(HttpSession session) {
			session.setAttribute("user", "ada");
			return new DeferredResult<>(0L);
		}

	}

}
