package dev.kvsession.session;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.web.http.CookieHttpSessionIdResolver;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.session.web.http.SessionRepositoryFilter;

/**
 * Spring Session's own filter over the repository, with ours around it.
 */
abstract class FilterChainFixture {

	final World world = new World();

	final Instance app = this.world.instance();

	final CookieHttpSessionIdResolver ids = new CookieHttpSessionIdResolver();

	final SessionRepositoryFilter<KvSession> springFilter = new SessionRepositoryFilter<>(this.app.repository());

	final KvSessionFilter filter = new KvSessionFilter(this.ids, null);

	FilterChainFixture() {
		DefaultCookieSerializer cookies = new DefaultCookieSerializer();
		cookies.setUseBase64Encoding(false);
		this.ids.setCookieSerializer(cookies);
		this.springFilter.setHttpSessionIdResolver(this.ids);
	}

	MockHttpServletResponse request(String id, Application application) throws IOException, ServletException {
		return request("GET", id, application);
	}

	MockHttpServletResponse request(String method, String id, Application application)
			throws IOException, ServletException {
		MockHttpServletRequest request = new MockHttpServletRequest(method, "/");
		if (id != null) {
			request.setCookies(new Cookie("SESSION", id));
		}
		return dispatch(request, application);
	}

	MockHttpServletResponse dispatch(MockHttpServletRequest request, Application application)
			throws IOException, ServletException {
		MockHttpServletResponse response = new MockHttpServletResponse();
		FilterChain servlet = (servletRequest, servletResponse) -> {
			application.handle((HttpServletRequest) servletRequest);
			servletResponse.getWriter().write("x");
			servletResponse.flushBuffer();
		};
		this.filter.doFilter(request, response, (servletRequest, servletResponse) -> this.springFilter
			.doFilter(servletRequest, servletResponse, servlet));
		return response;
	}

	String login() throws IOException, ServletException {
		MockHttpServletResponse response = request(null,
				(request) -> request.getSession().setAttribute("user", "octocat"));
		return response.getCookie("SESSION").getValue();
	}

	@FunctionalInterface
	interface Application {

		void handle(HttpServletRequest request);

	}

}
