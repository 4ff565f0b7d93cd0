package dev.kvsession.sample;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.test.KvEmulator;
import dev.kvsession.test.spring.ImportKvEmulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application of one's own on the emulator, as kv-session-test's README shows it.
 */
@SpringBootTest(properties = { "GITHUB_CLIENT_ID=id", "GITHUB_CLIENT_SECRET=secret" })
@ImportKvEmulator
class LocalDevelopmentTests {

	@TempDir
	private Path folder;

	@Test
	void aTestsSessionsAreInItsEmulator(@Autowired KvEmulator kv, @Autowired KvSessionRepository sessions) {
		sessions.save(sessions.createSession());
		assertThat(kv.contents().keys("session:")).hasSize(1);
	}

	@Test
	void aRunKeepsItsSessionsOverARestart() {
		String id;
		try (ConfigurableApplicationContext first = run()) {
			id = save(first.getBean(SessionRepository.class));
		}
		try (ConfigurableApplicationContext second = run()) {
			assertThat(second.getBean(SessionRepository.class).findById(id)).isNotNull();
		}
	}

	private ConfigurableApplicationContext run() {
		List<String> arguments = new ArrayList<>();
		Map.of("server.port", "0", "GITHUB_CLIENT_ID", "id", "GITHUB_CLIENT_SECRET", "secret", "kv.folder", this.folder)
			.forEach((name, value) -> arguments.add("--" + name + "=" + value));
		return SpringApplication.from(SampleApplication::main)
			.with(TestMyApplication.class)
			.run(arguments.toArray(String[]::new))
			.getApplicationContext();
	}

	private static <S extends Session> String save(SessionRepository<S> sessions) {
		S session = sessions.createSession();
		sessions.save(session);
		return session.getId();
	}

	@ImportKvEmulator(file = "${kv.folder}/kv.json")
	static class TestMyApplication {

	}

}
