package dev.kvsession.session.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import jakarta.servlet.http.Cookie;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import dev.kvsession.client.KvException;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.SimulatedRepository;
import dev.kvsession.session.World;
import dev.kvsession.session.protection.ProtectionMode;
import dev.kvsession.session.protection.SessionProtection;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session's id is changed to one that fits today's keys only where the browser gets it.
 */
class IdRenewalTests {

	private static final Duration TOUCHED_AGAIN = Duration.ofHours(2);

	private final World world = new World();

	private final Instance secure = this.world.instance(IdRenewalTests::signing);

	private final FilteredInstance filtered = new FilteredInstance(this.secure);

	private static void signing(KvSessionRepository repository) {
		repository.setProtection(SessionProtection.in("namespace")
			.withSignedIds(List.of("a:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY="), ProtectionMode.WRITE));
	}

	@Test
	@DisplayName("P5 only a page that a browser opens changes the id, and no shared cache may keep its answer")
	void onlyPagesChangeTheId() throws Exception {
		String id = plain();
		assertThat(sent("HEAD", "navigate", id).getCookie("SESSION").getValue()).isEqualTo(id);
		id = plain();
		assertThat(sent("GET", "cors", id).getCookie("SESSION").getValue()).isEqualTo(id);
		id = plain();
		assertThat(sent("GET", null, id).getCookie("SESSION").getValue()).isEqualTo(id);
		MockHttpServletResponse page = sent("GET", "navigate", plain());
		assertThat(page.getCookie("SESSION").getValue()).startsWith("s.a.");
		assertThat(page.getHeader("Cache-Control")).contains("no-store");
	}

	@Test
	@DisplayName("P4 P5 requests that were sent with the old id find the session, lose no change and get the new id")
	void requestsUnderWayGoOn() throws Exception {
		String id = plain();
		List<KvSession> found = new ArrayList<>();
		for (String name : List.of("page", "tab", "script")) {
			SimulatedRepository.request(false).accept(() -> {
				KvSession session = this.secure.find(id);
				session.setAttribute(name, "set");
				found.add(session);
			});
		}
		for (KvSession session : found) {
			SimulatedRepository.request(false).accept(() -> this.secure.save(session));
		}
		String renewed = found.get(0).getId();
		assertThat(renewed).startsWith("s.a.");
		assertThat(found).allMatch((session) -> session.getId().equals(renewed));
		assertThat(sent("GET", "cors", id).getCookie("SESSION").getValue()).isEqualTo(renewed);
		this.world.settle();
		KvSession everywhere = this.world.instance(IdRenewalTests::signing).find(renewed);
		assertThat(everywhere.getAttributeNames()).contains("user", "page", "tab", "script");
		this.world.pass(Duration.ofMinutes(2));
		assertThat(this.secure.find(id)).as("long after").isNull();
	}

	@Test
	@DisplayName("P5 who knows the id from before a login does not get into the login's session beside a change of form")
	void aLoginIsNotFollowed() {
		String id = plain();
		List<KvSession> found = new ArrayList<>();
		for (int request = 0; request < 2; request++) {
			SimulatedRepository.request(false).accept(() -> found.add(this.secure.find(id)));
		}
		KvSession login = found.get(0);
		KvSession page = found.get(1);
		login.changeSessionId();
		login.setAttribute("user", "bob");
		SimulatedRepository.request(false).accept(() -> this.secure.save(login));
		page.setAttribute("page", "set");
		SimulatedRepository.request(false).accept(() -> this.secure.save(page));
		assertThat(page.getId()).isNotEqualTo(login.getId());
		SimulatedRepository.request(false).accept(() -> assertThat(this.secure.find(id)).isNull());
	}

	@Test
	@DisplayName("P5 a logout with the new id ends the session for requests with the old id, too")
	void aLogoutEndsIt() throws Exception {
		String id = plain();
		String renewed = sent("GET", "navigate", id).getCookie("SESSION").getValue();
		this.secure.delete(renewed);
		assertThat(this.secure.find(id)).isNull();
		assertThat(this.secure.find(renewed)).isNull();
	}

	@Test
	@DisplayName("P11 while KV is down no id is changed")
	void notInAnOutage() throws Exception {
		String id = plain();
		this.secure.find(id);
		this.world.pass(TOUCHED_AGAIN);
		this.secure.find(id);
		this.world.faults().every(KvFault.status(503), KvCallKind.values());
		SimulatedRepository.request(false).accept(() -> {
			for (int call = 0; call < 20; call++) {
				try {
					this.secure.find("unknown-" + "x".repeat(20) + call);
				}
				catch (KvException ex) {
					// The circuit opens.
				}
			}
		});
		assertThat(sent("GET", "navigate", id).getStatus()).isEqualTo(200);
		assertThat(this.secure.find(id)).isNotNull();
	}

	private String plain() {
		String id = this.world.instance().login((session) -> session.setAttribute("user", "ada"));
		this.world.pass(TOUCHED_AGAIN);
		return id;
	}

	private MockHttpServletResponse sent(String method, @Nullable String mode, String id) throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest(method, "/page");
		request.setCookies(new Cookie("SESSION", id));
		if (mode != null) {
			request.addHeader("Sec-Fetch-Mode", mode);
		}
		return this.filtered.answer(request, (application) -> application.getSession(false));
	}

}
