package dev.kvsession;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.session.autoconfigure.SessionAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

import dev.kvsession.autoconfigure.KvClientAutoConfiguration;
import dev.kvsession.autoconfigure.KvSessionAutoConfiguration;
import dev.kvsession.test.KvEmulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two instances of an application on one emulator: the first makes the sessions, the
 * second finds, changes and ends them. Runs in classes loaded by {@link ProbedClasses}.
 */
public final class RequestPathScenario implements Supplier<Map<String, Set<String>>> {

	/**
	 * Each step is done with so many sessions. What a timer adds to one is not in the
	 * others.
	 */
	private static final int SESSIONS = 4;

	@Override
	public Map<String, Set<String>> get() {
		Map<String, Set<String>> passed = new LinkedHashMap<>();
		try (KvEmulator emulator = KvEmulator.start()) {
			run(emulator, (makes) -> run(emulator, (uses) -> steps(made(makes), uses, passed)));
		}
		return passed;
	}

	private static void run(KvEmulator emulator, InstanceOf instance) {
		new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(KvClientAutoConfiguration.class, KvSessionAutoConfiguration.class,
					SessionAutoConfiguration.class))
			.withPropertyValues(emulator.propertyPairs())
			.run((context) -> instance.accept(repository(context)));
	}

	@SuppressWarnings("unchecked")
	private static SessionRepository<Session> repository(ApplicationContext context) {
		return context.getBean(SessionRepository.class);
	}

	private static List<String> made(SessionRepository<Session> makes) {
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < SESSIONS; i++) {
			Session session = makes.createSession();
			session.setAttribute("name", "before");
			makes.save(session);
			ids.add(session.getId());
		}
		return ids;
	}

	private static void steps(List<String> ids, SessionRepository<Session> uses, Map<String, Set<String>> passed) {
		List<Session> found = new ArrayList<>();
		passed.put("find", common(ids, (id) -> found.add(uses.findById(id))));
		found.forEach((session) -> {
			assertThat(session.<String>getAttribute("name")).isEqualTo("before");
			session.setAttribute("name", "after");
		});
		passed.put("save", common(found, uses::save));
		passed.put("logout", common(ids, uses::deleteById));
		assertThat(ids).allSatisfy((id) -> assertThat(uses.findById(id)).isNull());
	}

	/*
	 * The first time is left out: it loads, measures and remembers what later ones need
	 * not.
	 */
	private static <T> Set<String> common(List<T> all, Consumer<T> action) {
		Iterator<T> each = all.iterator();
		action.accept(each.next());
		Set<String> common = new TreeSet<>();
		T second = each.next();
		common.addAll(PathProbe.during(() -> action.accept(second)));
		each.forEachRemaining((next) -> common.retainAll(PathProbe.during(() -> action.accept(next))));
		return common;
	}

	/**
	 * What is done with one instance's repository.
	 */
	private interface InstanceOf {

		void accept(SessionRepository<Session> repository);

	}

}
