package dev.kvsession.benchmarks.soak;

import java.security.Principal;
import java.util.Map;

import jakarta.servlet.http.HttpSession;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.RequestCacheConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application with a login by form. Any name may log in.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(SoakApp.Pages.class)
public class SoakApp {

	static final String NUMBER = "n";

	static final String PASSWORD = "soak";

	@Bean
	SecurityFilterChain security(HttpSecurity http) {
		return http
			.authorizeHttpRequests((requests) -> requests.requestMatchers("/start", "/up", "/error")
				.permitAll()
				.anyRequest()
				.authenticated())
			.formLogin((form) -> form.defaultSuccessUrl("/up", true))
			.csrf(AbstractHttpConfigurer::disable)
			.requestCache(RequestCacheConfigurer::disable)
			.build();
	}

	@Bean
	UserDetailsService users() {
		return (name) -> User.withUsername(name).password("{noop}" + PASSWORD).roles("USER").build();
	}

	/**
	 * Starts the application.
	 * @param args properties as Boot takes them
	 */
	public static void main(String[] args) {
		SpringApplication app = new SpringApplication(SoakApp.class);
		app.setDefaultProperties(Map.of("logging.level.root", "warn", "spring.main.banner-mode", "off"));
		app.run(args);
	}

	/**
	 * The pages.
	 */
	@RestController
	static class Pages {

		@GetMapping("/up")
		String up() {
			return "up";
		}

		@GetMapping("/start")
		String start(HttpSession session) {
			session.setAttribute("start", "page");
			return "started";
		}

		@GetMapping("/me")
		String me(Principal user) {
			return user.getName();
		}

		@PostMapping("/change")
		String change(HttpSession session, @RequestParam int value) {
			session.setAttribute(NUMBER, value);
			return "changed";
		}

		@PostMapping("/grow")
		String grow(HttpSession session, @RequestParam int bytes) {
			session.setAttribute("grown", "x".repeat(bytes));
			return "grown";
		}

	}

}
