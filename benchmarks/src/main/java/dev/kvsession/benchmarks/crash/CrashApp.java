package dev.kvsession.benchmarks.crash;

import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The smallest application whose users change their sessions all the time. Made to be
 * killed.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(CrashApp.Pages.class)
public class CrashApp {

	@Bean
	SecurityFilterChain security(HttpSecurity http) {
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll()).build();
	}

	@Bean
	ApplicationListener<WebServerInitializedEvent> port() {
		return (started) -> System.out.println("port=" + started.getWebServer().getPort());
	}

	/**
	 * Starts the application.
	 * @param args properties as Boot takes them
	 */
	public static void main(String[] args) {
		SpringApplication app = new SpringApplication(CrashApp.class);
		app.setDefaultProperties(Map.of("server.port", "0", "logging.level.root", "error", "spring.main.banner-mode",
				"off", "server.tomcat.threads.max", "250"));
		app.run(args);
	}

	/**
	 * The pages.
	 */
	@RestController
	static class Pages {

		@GetMapping("/change")
		String change(HttpSession session, @RequestParam int value) {
			session.setAttribute(CrashUser.ATTRIBUTE, value);
			return "changed";
		}

		@GetMapping("/rotate")
		String rotate(HttpServletRequest request, @RequestParam int value) {
			request.getSession().setAttribute(CrashUser.ATTRIBUTE, value);
			request.changeSessionId();
			return "rotated";
		}

	}

}
