package dev.kvsession.session.web;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import dev.kvsession.CapturedLog;
import dev.kvsession.client.KvException;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.settings.ReadFailurePolicy;
import dev.kvsession.session.settings.SecureSessionIdGenerator;
import dev.kvsession.test.KvFault;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A flood of requests is no flood of lines: the first warning of a kind, then a summary
 * each ten seconds.
 */
class LogFloodTests extends FilterChainFixture {

	@RegisterExtension
	private final CapturedLog log = CapturedLog.ofLibrary();

	private List<String> warnings(String part) {
		return this.log.events()
			.stream()
			.filter((event) -> event.getLevel() == Level.WARN)
			.map(ILoggingEvent::getFormattedMessage)
			.filter((line) -> line.contains(part))
			.toList();
	}

	private MockHttpServletResponse get(String path) throws IOException, ServletException {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
		request.setServletPath(path);
		request.setCookies(new Cookie("SESSION", new SecureSessionIdGenerator().generate()));
		return this.dispatch(request, (shown) -> shown.getSession(false));
	}

	@Test
	@DisplayName("P12 refused requests: the first names method, path without ids and status, the others are summed up")
	void refusedRequests() throws Exception {
		this.world.faults().every(KvFault.wrongToken());
		for (int i = 0; i < 450; i++) {
			MockHttpServletResponse response = get(
					"/shop/orders/4711/5f3c8a1e-9b1d-4c1e-8f0e-2b1f3a4c5d6e;jsessionid=x");
			assertThat(response.getStatus()).isEqualTo(503);
			assertThat(response.getContentAsString()).contains("We cannot sign you in at the moment");
			this.world.pass(Duration.ofMillis(100));
		}
		this.world.pass(Duration.ofSeconds(20));
		List<String> lines = warnings("without their session");
		assertThat(warnings("Answered GET /shop/orders/*/* with status 503")).hasSizeBetween(5, 7);
		assertThat(lines).hasSizeBetween(4, 6)
			.allSatisfy((line) -> assertThat(line).contains("in the last 10 s (KvAuthorizationException "));
		long counted = lines.stream().mapToLong((line) -> Long.parseLong(line.substring(0, line.indexOf(' ')))).sum();
		assertThat(counted).isEqualTo(449);
		assertThat(warnings("KV refuses this application")).hasSize(1);
		assertThat(this.log.events()).hasSizeLessThan(12);
		get("/again");
		assertThat(warnings("Answered GET /again with status 503")).hasSize(1);
	}

	@Test
	@DisplayName("P11 changes and logouts in an outage: one line of each kind, then summaries")
	void outage() {
		Instance app = this.app;
		List<String> ids = IntStream.range(0, 300).mapToObj((i) -> app.login((session) -> {
		})).toList();
		this.world.settle();
		ids.forEach(app::find);
		this.log.clear();
		this.world.faults().every(KvFault.status(503));
		ids.subList(0, 200).forEach((id) -> app.change(id, "a", "1"));
		ids.subList(200, 300).forEach(app::delete);
		this.world.pass(Duration.ofMinutes(1));
		assertThat(this.log.events()).hasSizeLessThan(20);
		assertThat(warnings("are held in memory until KV takes them")).hasSizeLessThan(4);
		assertThat(warnings("KV could not be told")).hasSizeLessThan(4);
		assertThat(warnings("KV is down")).hasSize(1);
	}

	@Test
	@DisplayName("P11 with no-session a failed read of each request is summed up as well")
	void goingOnWithoutSession() {
		Instance lenient = this.world
			.instance((repository) -> repository.setOnReadFailure(ReadFailurePolicy.NO_SESSION));
		this.world.faults().every(KvFault.status(503));
		for (int i = 0; i < 300; i++) {
			assertThat(lenient.find(new SecureSessionIdGenerator().generate())).isNull();
		}
		assertThat(warnings("Going on without session")).hasSizeBetween(1, 5);
	}

	@Test
	@DisplayName("P3 at shutdown what is lost is said once, and not that it is held")
	void shutdown() {
		Instance app = this.app;
		String id = app.login((session) -> {
		});
		this.world.settle();
		app.find(id);
		this.world.faults().every(KvFault.status(503));
		KvSession session = app.find(id);
		session.setAttribute("a", "1");
		this.log.clear();
		app.repository().flush(Duration.ofSeconds(1));
		save(app, session);
		app.engine().close();
		this.world.pass(Duration.ofMinutes(1));
		assertThat(warnings("held in memory")).isEmpty();
	}

	private static void save(Instance app, KvSession session) {
		try {
			app.save(session);
		}
		catch (KvException ex) {
			assertThat(ex).isNotNull();
		}
	}

}
