package dev.kvsession.sample;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.session.web.http.HttpSessionIdResolver;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Begins a new count for each request. Safe for concurrent use.
 */
final class KvCallFilter extends OncePerRequestFilter {

	private final KvCallCounter counter;

	private final HttpSessionIdResolver sessionIds;

	KvCallFilter(KvCallCounter counter, HttpSessionIdResolver sessionIds) {
		this.counter = counter;
		this.sessionIds = sessionIds;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		this.counter.begin(this.sessionIds.resolveSessionIds(request));
		try {
			chain.doFilter(request, response);
		}
		finally {
			this.counter.end();
		}
	}

}
