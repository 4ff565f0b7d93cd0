package dev.kvsession.session.web;

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

import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;

/**
 * Spring Session's own filter over the repository, with ours around it.
 */
public abstract class FilterChainFixture {

	public final World world = new World();

	public final Instance app = this.world.instance();

	final CookieHttpSessionIdResolver ids = new CookieHttpSessionIdResolver();

	public final SessionRepositoryFilter<KvSession> springFilter = new SessionRepositoryFilter<>(this.app.repository());

	public final KvSessionFilter filter = new KvSessionFilter(this.ids, null);

	public FilterChainFixture() {
		DefaultCookieSerializer cookies = new DefaultCookieSerializer();
		cookies.setUseBase64Encoding(false);
		this.ids.setCookieSerializer(cookies);
		this.springFilter.setHttpSessionIdResolver(this.ids);
	}

	public MockHttpServletResponse request(String id, Application application) throws IOException, ServletException {
		return request("GET", id, application);
	}

	public MockHttpServletResponse request(String method, String id, Application application)
			throws IOException, ServletException {
		MockHttpServletRequest request = new MockHttpServletRequest(method, "/");
		if (id != null) {
			request.setCookies(new Cookie("SESSION", id));
		}
		return dispatch(request, application);
	}

	public MockHttpServletResponse dispatch(MockHttpServletRequest request, Application application)
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

	public String login() throws IOException, ServletException {
		MockHttpServletResponse response = request(null,
				(request) -> request.getSession().setAttribute("user", "octocat"));
		return response.getCookie("SESSION").getValue();
	}

	@FunctionalInterface
	public interface Application {

		void handle(HttpServletRequest request);

	}

}
