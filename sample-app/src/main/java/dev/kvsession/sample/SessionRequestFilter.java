package dev.kvsession.sample;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands just inside Spring Session's filter, and leaves the request as seen from there
 * for code outside it. Only that view knows the session in KV: the library renews the
 * cookie of a session in long use from outside. Safe for concurrent use.
 */
final class SessionRequestFilter extends OncePerRequestFilter {

	private static final String ATTRIBUTE = SessionRequestFilter.class.getName() + ".REQUEST";

	/**
	 * Finds the view of a request that knows the session in KV.
	 * @param request the request from inside or outside Spring Session's filter
	 * @return that view, or the request itself if it has not come so far
	 */
	static HttpServletRequest sessionRequest(HttpServletRequest request) {
		return (request.getAttribute(ATTRIBUTE) instanceof HttpServletRequest inside) ? inside : request;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		request.setAttribute(ATTRIBUTE, request);
		chain.doFilter(request, response);
	}

}
