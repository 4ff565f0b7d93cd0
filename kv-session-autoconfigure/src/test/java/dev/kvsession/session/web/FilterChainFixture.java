package dev.kvsession.session.web;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.web.http.CookieHttpSessionIdResolver;
import org.springframework.session.web.http.SessionRepositoryFilter;

import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.session.web.FilteredInstance.Application;

/**
 * Spring Session's own filter over the repository, with ours around it.
 */
public abstract class FilterChainFixture {

	public final World world = new World();

	public final Instance app = this.world.instance();

	private final FilteredInstance filtered = new FilteredInstance(this.app);

	final CookieHttpSessionIdResolver ids = this.filtered.ids;

	public final SessionRepositoryFilter<KvSession> springFilter = this.filtered.springFilter;

	public final KvSessionFilter filter = this.filtered.filter;

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
		return this.filtered.answer(request, application);
	}

	public String login() throws IOException, ServletException {
		MockHttpServletResponse response = request(null,
				(request) -> request.getSession().setAttribute("user", "octocat"));
		return response.getCookie("SESSION").getValue();
	}

}
