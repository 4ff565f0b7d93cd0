package dev.kvsession.autoconfigure.server;

import java.security.Principal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import jakarta.servlet.http.HttpSession;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import dev.kvsession.test.KvEmulator;

/**
 * A small application behind a login, on a real server. Its users are ada and grace.
 */
@SpringBootConfiguration
@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
@RestController
public class ShopApplication {

	public static Running start(KvEmulator kv, String... properties) {
		return start(kv.properties(), properties);
	}

	/**
	 * Starts an instance whose calls KV can tell from those of others.
	 */
	static Running startAs(String client, KvEmulator kv, String... properties) {
		return startAs(ShopApplication.class, client, kv, properties);
	}

	static Running startAs(Class<?> source, String client, KvEmulator kv, String... properties) {
		Map<String, Object> connection = kv.properties();
		connection.put("cloudflare.kv.base-url", kv.baseUrl(client));
		return start(source, connection, properties);
	}

	static Running start(Map<String, Object> connection, String... properties) {
		return start(ShopApplication.class, connection, properties);
	}

	/**
	 * Starts another application, in the same way.
	 */
	static Running start(Class<?> source, Map<String, Object> connection, String... properties) {
		return start(new SpringApplication(source), connection, properties);
	}

	static Running start(SpringApplication application, Map<String, Object> connection, String... properties) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--server.address=127.0.0.1"));
		connection.forEach((name, value) -> arguments.add("--" + name + "=" + value));
		Arrays.stream(properties).map((property) -> "--" + property).forEach(arguments::add);
		application.setDefaultProperties(Map.of("spring.main.banner-mode", "off"));
		return new Running(application.run(arguments.toArray(String[]::new)));
	}

	@Bean
	SecurityFilterChain security(HttpSecurity http) {
		return http.csrf((csrf) -> csrf.disable())
			.authorizeHttpRequests(
					(requests) -> requests.requestMatchers("/public/**").permitAll().anyRequest().authenticated())
			.formLogin((login) -> login.successHandler(new SavedRequestAwareAuthenticationSuccessHandler()))
			.build();
	}

	@Bean
	UserDetailsService users() {
		return new InMemoryUserDetailsManager(User.withUsername("ada").password("{noop}pw").build(),
				User.withUsername("grace").password("{noop}pw").build());
	}

	@GetMapping("/public")
	String publicPage() {
		return "welcome";
	}

	@GetMapping("/me")
	String me(Principal user) {
		return user.getName();
	}

	@GetMapping("/later")
	Callable<String> later(Principal user) {
		return user::getName;
	}

	@GetMapping({ "/put", "/public/put" })
	String put(HttpSession session) {
		session.setAttribute("cart", List.of("tea"));
		return "put";
	}

	@GetMapping("/add/{item}")
	String add(@PathVariable String item, HttpSession session) {
		session.setAttribute(item, item);
		return items(session);
	}

	@GetMapping("/items")
	String items(HttpSession session) {
		return Collections.list(session.getAttributeNames())
			.stream()
			.filter((name) -> name.equals(session.getAttribute(name)))
			.sorted()
			.collect(Collectors.joining(" "));
	}

	/**
	 * A started application.
	 */
	public record Running(ConfigurableApplicationContext context) implements AutoCloseable {

		public String url() {
			return "http://127.0.0.1:" + ((WebServerApplicationContext) this.context).getWebServer().getPort();
		}

		@Override
		public void close() {
			this.context.close();
		}

	}

}
