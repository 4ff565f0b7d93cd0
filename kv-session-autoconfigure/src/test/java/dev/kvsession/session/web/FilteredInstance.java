package dev.kvsession.session.web;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.web.http.CookieHttpSessionIdResolver;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.session.web.http.SessionRepositoryFilter;

import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;

/**
 * One instance behind Spring Session's own filter, with ours around it.
 */
public final class FilteredInstance {

	final CookieHttpSessionIdResolver ids = new CookieHttpSessionIdResolver();

	final KvSessionFilter filter = new KvSessionFilter(this.ids, null);

	final SessionRepositoryFilter<KvSession> springFilter;

	private final Instance app;

	public FilteredInstance(Instance app) {
		DefaultCookieSerializer cookies = new DefaultCookieSerializer();
		cookies.setUseBase64Encoding(false);
		this.ids.setCookieSerializer(cookies);
		this.app = app;
		this.springFilter = new SessionRepositoryFilter<>(app.repository());
		this.springFilter.setHttpSessionIdResolver(this.ids);
	}

	public Instance app() {
		return this.app;
	}

	public MockHttpServletResponse answer(HttpServletRequest request, Application application)
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

	@FunctionalInterface
	public interface Application {

		void handle(HttpServletRequest request);

	}

}
