package dev.kvsession.benchmarks.load;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;

import dev.kvsession.benchmarks.store.Stores;

/**
 * Sessions in one of the stores that this library is compared with.
 */
@Configuration(proxyBeanMethods = false)
@EnableSpringHttpSession
class PeerStore {

	@Bean
	SessionRepository<? extends Session> sessionRepository(@Value("${benchmarks.store}") String store,
			@Value("${benchmarks.kv:}") String kv) {
		return store.equals("naive-kv") ? new NaiveKvRepository(kv) : Stores.open(store).repository();
	}

}
