package dev.kvsession.session.web;

import java.time.Duration;
import java.util.List;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import dev.kvsession.client.KvDailyQuotaException;
import dev.kvsession.client.KvRequestRefusedException;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.web.FilteredInstance.Application;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Requests whose session KV does not give, take or end.
 */
class FilterChainFaultsTests extends FilterChainFixture {

	/**
	 * After that, a session is not served without KV.
	 */
	private static final Duration SEEN_LONG_AGO = Duration.ofHours(5);

	@Test
	@DisplayName("P8 a failed read is answered 503 with Retry-After, keeps the cookie, and is not tried again")
	void failedRead() throws Exception {
		String id = login();
		this.world.pass(SEEN_LONG_AGO);
		this.world.faults().every(KvFault.quotaExhausted(), KvCallKind.BULK_GET);
		this.world.forgetCalls();
		MockHttpServletResponse response = request(id, (request) -> request.getSession(false));
		assertThat(response.getStatus()).isEqualTo(503);
		assertThat(response.getHeader("Retry-After")).isNotBlank();
		assertThat(response.getCookie("SESSION")).isNull();
		assertThat(response.getContentAsString()).doesNotContain(id);
		assertThat(this.world.calls()).hasSize(1);
		this.world.faults().clear();
		request(id, (request) -> assertThat(request.getSession(false)).isNotNull());
	}

	@Test
	@DisplayName("P8 an application that asks again after a failed read is told the same, without a call")
	void askedAgainAfterAFailedRead() throws Exception {
		String id = login();
		this.world.pass(SEEN_LONG_AGO);
		this.world.faults().every(KvFault.quotaExhausted(), KvCallKind.BULK_GET);
		this.world.forgetCalls();
		request(id, (request) -> {
			for (int i = 0; i < 3; i++) {
				assertThatExceptionOfType(KvDailyQuotaException.class).isThrownBy(() -> request.getSession(false));
			}
		});
		assertThat(this.world.calls()).hasSize(1);
	}

	@Test
	@DisplayName("P8 the error page of a failed read has no session and asks KV no more")
	void errorPageOfAFailedRead() throws Exception {
		String id = login();
		this.world.pass(SEEN_LONG_AGO);
		this.world.faults().every(KvFault.quotaExhausted(), KvCallKind.BULK_GET);
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
		request.setCookies(new Cookie("SESSION", id));
		dispatch(request, (inner) -> inner.getSession(false));
		this.world.forgetCalls();
		request.setDispatcherType(DispatcherType.ERROR);
		dispatch(request, (inner) -> assertThat(inner.getSession(false)).isNull());
		assertThat(this.world.calls()).isEmpty();
	}

	@Test
	@DisplayName("P3 a failed save is answered 503, and the new session's cookie is not sent")
	void failedSave() throws Exception {
		this.world.faults().every(KvFault.wrongToken(), KvCallKind.PUT);
		MockHttpServletResponse response = request(null, (request) -> request.getSession().setAttribute("a", "1"));
		assertThat(response.getStatus()).isEqualTo(503);
		assertThat(response.getCookie("SESSION")).isNull();
	}

	@Test
	@DisplayName("P8 the error page of a failed save has the session as it was before")
	void errorPageOfAFailedSave() throws Exception {
		String id = login();
		this.world.settle();
		for (KvFault fault : List.of(KvFault.wrongToken(), KvFault.html(200), KvFault.error(400, 10012, "invalid"))) {
			this.world.faults().every(fault, KvCallKind.PUT);
			assertErrorPageIsShown(id, (request) -> request.changeSessionId(), (request) -> {
				assertThat(request.getSession(false).getId()).isEqualTo(id);
				assertThat(request.getSession(false).getAttribute("user")).isEqualTo("octocat");
			});
			assertErrorPageIsShown(null, (request) -> request.getSession().setAttribute("a", "1"),
					(request) -> assertThat(request.getSession(false)).isNull());
			this.world.faults().clear();
			request(id, (request) -> assertThat(request.getSession(false)).isNotNull());
		}
	}

	private void assertErrorPageIsShown(String id, Application failing, Application page) throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
		if (id != null) {
			request.setCookies(new Cookie("SESSION", id));
		}
		try {
			assertThat(dispatch(request, failing).getStatus()).isEqualTo(503);
		}
		catch (KvRequestRefusedException ex) {
			// The application's fault: the server's error page.
		}
		request.setDispatcherType(DispatcherType.ERROR);
		MockHttpServletResponse shown = dispatch(request, page);
		assertThat(shown.getContentAsString()).isEqualTo("x");
		assertThat(shown.getCookie("SESSION")).isNull();
	}

	@Test
	@DisplayName("P3 an error page keeps a session that was saved in the end, or beside one that was not")
	void errorPageOfASaveThatWasMended() throws Exception {
		KvFault refusal = KvFault.error(400, 10012, "invalid");
		this.world.faults().every(refusal, KvCallKind.PUT);
		MockHttpServletRequest mended = new MockHttpServletRequest("GET", "/");
		assertThatExceptionOfType(KvRequestRefusedException.class)
			.isThrownBy(() -> dispatch(mended, (request) -> request.getSession().setAttribute("a", "1")));
		this.world.faults().clear();
		mended.setDispatcherType(DispatcherType.ASYNC);
		assertErrorPageKeepsTheSession(mended, (request) -> request.getSession().setAttribute("a", "2"));
		KvSession other = this.app.create();
		assertErrorPageKeepsTheSession(new MockHttpServletRequest("GET", "/"), (request) -> {
			this.world.faults().next(1, refusal, KvCallKind.PUT);
			assertThatExceptionOfType(KvRequestRefusedException.class).isThrownBy(() -> this.app.save(other));
			request.getSession().setAttribute("a", "1");
		});
	}

	private void assertErrorPageKeepsTheSession(MockHttpServletRequest request, Application application)
			throws Exception {
		String sent = dispatch(request, application).getCookie("SESSION").getValue();
		request.setDispatcherType(DispatcherType.ERROR);
		MockHttpServletResponse page = dispatch(request,
				(inner) -> assertThat(inner.getSession().getId()).isEqualTo(sent));
		assertThat(page.getStatus()).isEqualTo(200);
	}

	@Test
	@DisplayName("P8 a read or a logout that something refuses, be it in KV's words, is answered 503")
	void refusedReadAndLogout() throws Exception {
		String id = login();
		this.world.pass(SEEN_LONG_AGO);
		for (KvFault fault : List.of(KvFault.status(407), KvFault.error(400, 10012, "invalid"))) {
			this.world.faults().every(fault);
			MockHttpServletResponse response = request(id, (request) -> request.getSession(false));
			assertThat(response.getStatus()).isEqualTo(503);
			assertThat(response.getHeader("Retry-After")).isNotBlank();
			this.world.faults().clear();
		}
		request(id, (request) -> request.getSession(false));
		this.world.faults().every(KvFault.error(400, 10012, "invalid"));
		assertThat(request(id, (request) -> request.getSession().invalidate()).getStatus()).isEqualTo(503);
	}

	@Test
	@DisplayName("P5 a logout that KV does not take is answered 503, and the session is refused from then on")
	void failedLogout() throws Exception {
		String id = login();
		this.world.faults().every(KvFault.wrongToken(), KvCallKind.DELETE);
		MockHttpServletResponse response = request(id, (request) -> request.getSession().invalidate());
		assertThat(response.getStatus()).isEqualTo(503);
		request(id, (request) -> assertThat(request.getSession(false)).isNull());
	}

}
