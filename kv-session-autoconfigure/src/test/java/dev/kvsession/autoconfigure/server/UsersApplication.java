package dev.kvsession.autoconfigure.server;

import java.security.Principal;
import java.util.Map;

import jakarta.servlet.http.HttpSession;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.SessionManagementConfigurer;
import org.springframework.security.core.session.SessionInformation;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.switchuser.SwitchUserFilter;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import dev.kvsession.test.KvEmulator;

/**
 * An application with what Spring Security does with the sessions of users. Its users are
 * ada and root, who is an administrator.
 */
@SpringBootConfiguration
@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
@RestController
class UsersApplication {

	private final SessionRegistry registry;

	UsersApplication(SessionRegistry registry) {
		this.registry = registry;
	}

	static ShopApplication.Running start(KvEmulator kv, String... properties) {
		Map<String, Object> all = kv.properties();
		all.put("cloudflare.kv.session.repository-type", "indexed");
		all.put("management.endpoints.web.exposure.include", "sessions");
		return ShopApplication.start(UsersApplication.class, all, properties);
	}

	@Bean
	static SecurityFilterChain security(HttpSecurity http, @Value("${users.most-sessions:-1}") int most,
			@Value("${users.prevents-login:false}") boolean prevents,
			@Value("${users.fixation:changeSessionId}") String fixation) {
		return http.csrf((csrf) -> csrf.disable())
			.authorizeHttpRequests((requests) -> requests.requestMatchers("/public/**")
				.permitAll()
				.requestMatchers("/actuator/**", "/expire/**", "/login/impersonate")
				.hasRole("ADMIN")
				.anyRequest()
				.authenticated())
			.sessionManagement((sessions) -> {
				sessions.sessionFixation((protection) -> protect(protection, fixation));
				sessions.sessionConcurrency(
						(concurrency) -> concurrency.maximumSessions(most).maxSessionsPreventsLogin(prevents));
			})
			.formLogin(Customizer.withDefaults())
			.build();
	}

	private static void protect(SessionManagementConfigurer<?>.SessionFixationConfigurer protection, String fixation) {
		switch (fixation) {
			case "newSession" -> protection.newSession();
			case "migrateSession" -> protection.migrateSession();
			default -> protection.changeSessionId();
		}
	}

	@Bean
	static SwitchUserFilter switchUserFilter(UserDetailsService users) {
		SwitchUserFilter filter = new SwitchUserFilter();
		filter.setUserDetailsService(users);
		filter.setTargetUrl("/me");
		filter.setSecurityContextRepository(new HttpSessionSecurityContextRepository());
		return filter;
	}

	@Bean
	static UserDetailsService users() {
		return new InMemoryUserDetailsManager(User.withUsername("ada").password("{noop}pw").build(),
				User.withUsername("root").password("{noop}pw").roles("ADMIN").build());
	}

	@GetMapping("/me")
	String me(Principal user) {
		return user.getName();
	}

	@GetMapping("/public/put")
	String put(HttpSession session) {
		session.setAttribute("cart", "canary-tea");
		return "put";
	}

	@GetMapping("/cart")
	String cart(HttpSession session) {
		return String.valueOf(session.getAttribute("cart"));
	}

	@GetMapping("/expire/{name}")
	String expire(@PathVariable String name) {
		this.registry.getAllSessions(name, false).forEach(SessionInformation::expireNow);
		return "expired";
	}

}
