package dev.kvsession.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.core.user.OAuth2User;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import dev.kvsession.benchmarks.store.GitHubSessions;

/**
 * The smallest application with a login: {@code GET /me} says who asks.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(LoadApp.Pages.class)
public class LoadApp {

	@Bean
	SecurityFilterChain security(HttpSecurity http) {
		return http
			.authorizeHttpRequests(
					(requests) -> requests.requestMatchers("/logins").permitAll().anyRequest().authenticated())
			.build();
	}

	@Bean
	ApplicationListener<WebServerInitializedEvent> port() {
		return (started) -> System.out.println("port=" + started.getWebServer().getPort());
	}

	/**
	 * Starts the application.
	 * @param args the store's name, and properties as Boot takes them
	 */
	public static void main(String[] args) {
		boolean ours = args[0].equals("kv-session");
		SpringApplication app = new SpringApplication(LoadApp.class);
		if (!ours) {
			app.addPrimarySources(List.of(PeerStore.class));
		}
		app.setDefaultProperties(Map.of("server.port", "0", "logging.level.root", "warn", "benchmarks.store", args[0],
				"spring.main.banner-mode", "off"));
		app.run(args);
	}

	/**
	 * The pages.
	 */
	@RestController
	static class Pages {

		private final SessionRepository<? extends Session> sessions;

		Pages(SessionRepository<? extends Session> sessions) {
			this.sessions = sessions;
		}

		@GetMapping("/me")
		Map<String, Object> me(@AuthenticationPrincipal OAuth2User user) {
			return Map.of("login", String.valueOf(user.getAttributes().get("login")), "id", user.getName());
		}

		@GetMapping(path = "/logins", produces = "text/plain")
		String logins(@RequestParam int count) {
			List<String> ids = new ArrayList<>();
			for (int user = 0; user < count; user++) {
				ids.add(GitHubSessions.login(this.sessions, user));
			}
			return String.join("\n", ids);
		}

	}

}
