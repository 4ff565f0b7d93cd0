package dev.kvsession.autoconfigure;

import java.util.Base64;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.web.http.SessionRepositoryFilter;

import dev.kvsession.session.settings.SecureSessionIdGenerator;
import dev.kvsession.session.web.KvSessionFilter;
import dev.kvsession.session.web.SessionUnavailableHandler;

import static org.assertj.core.api.Assertions.assertThat;

class SessionUnavailableHandlerTests {

	@Test
	void aHandlerOfTheUserAnswers() {
		SessionContexts.configured()
			.withBean(SessionUnavailableHandler.class, () -> (request, response, failure) -> response.setStatus(418))
			.run((context) -> {
				MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
				String id = new SecureSessionIdGenerator().generate();
				request.setCookies(new Cookie("SESSION", Base64.getEncoder().encodeToString(id.getBytes())));
				MockHttpServletResponse response = new MockHttpServletResponse();
				new MockFilterChain(new AsksForItsSession(), context.getBean(KvSessionFilter.class),
						context.getBean(SessionRepositoryFilter.class))
					.doFilter(request, response);
				assertThat(response.getStatus()).isEqualTo(418);
			});
	}

	private static final class AsksForItsSession extends HttpServlet {

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) {
			request.getSession(false);
		}

	}

}
