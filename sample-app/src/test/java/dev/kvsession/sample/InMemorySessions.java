package dev.kvsession.sample;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;

/**
 * Sessions in this JVM, as long as the library is not there to keep them in KV.
 */
@Configuration(proxyBeanMethods = false)
@EnableSpringHttpSession
class InMemorySessions {

	private static final Map<String, Session> sessions = new ConcurrentHashMap<>();

	@Bean
	MapSessionRepository sessionRepository() {
		MapSessionRepository repository = new MapSessionRepository(sessions);
		repository.setDefaultMaxInactiveInterval(Duration.ofDays(7));
		return repository;
	}

}
