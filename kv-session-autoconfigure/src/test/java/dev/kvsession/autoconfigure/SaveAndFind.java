package dev.kvsession.autoconfigure;

import java.util.List;
import java.util.concurrent.Callable;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.util.ClassUtils;

import dev.kvsession.autoconfigure.server.Logins;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.test.KvEmulator;
import dev.kvsession.test.kv.KvEmulatorSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts an application, saves a session, with a login if that can be, and reads it in a
 * second one. Public, and a {@link Callable}, to be called from outside its class loader.
 */
public final class SaveAndFind implements Callable<String> {

	private static final String SECURITY_CONTEXT = "SPRING_SECURITY_CONTEXT";

	private static final boolean LOGINS = ClassUtils
		.isPresent("org.springframework.security.jackson.SecurityJacksonModules", SaveAndFind.class.getClassLoader());

	@Override
	public String call() {
		// Strongly consistent: this is about linking, and the second application must not
		// read a stale miss.
		try (KvEmulator kv = KvEmulator.start(KvEmulatorSettings.strong())) {
			WebApplicationContextRunner contexts = new WebApplicationContextRunner()
				.withUserConfiguration(Application.class)
				.withPropertyValues(kv.propertyPairs());
			StringBuilder id = new StringBuilder();
			// With an index of users, too, for which Spring Security has its own beans.
			contexts.withPropertyValues("cloudflare.kv.session.repository-type=indexed").run((context) -> {
				assertThat(context).hasSingleBean(SessionRepositoryFilter.class)
					.hasSingleBean(FindByIndexNameSessionRepository.class);
				id.append(save(context.getBean(KvSessionRepository.class)));
			});
			StringBuilder found = new StringBuilder();
			contexts.run((context) -> found.append(find(context.getBean(KvSessionRepository.class), id.toString())));
			return found.toString();
		}
	}

	private static String save(KvSessionRepository repository) {
		KvSession session = repository.createSession();
		session.setAttribute("cart", List.of("tea"));
		if (LOGINS) {
			session.setAttribute(SECURITY_CONTEXT, Logins.of("ada"));
		}
		repository.save(session);
		return session.getId();
	}

	private static String find(KvSessionRepository repository, String id) {
		KvSession session = repository.findById(id);
		if (session == null) {
			return "nothing";
		}
		Object login = session.getAttribute(SECURITY_CONTEXT);
		return session.getRequiredAttribute("cart") + " of " + ((login != null) ? Logins.nameOf(login) : "nobody");
	}

	/**
	 * Auto-configurations as an application has them: found by name in a file, and read
	 * without being loaded, since their conditions name classes that may be hidden.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration
	static class Application {

	}

}
