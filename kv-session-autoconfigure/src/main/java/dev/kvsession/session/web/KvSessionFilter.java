package dev.kvsession.session.web;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.session.web.http.CookieHttpSessionIdResolver;
import org.springframework.session.web.http.HttpSessionIdResolver;
import org.springframework.session.web.http.SessionRepositoryFilter;

import dev.kvsession.client.KvException;
import dev.kvsession.session.settings.SessionDetails;
import dev.kvsession.session.settings.SessionTenant;
import dev.kvsession.session.settings.SessionWarnings;

/**
 * Stands just outside Spring Session's filter, for what only a filter there can do:
 * answer 503 when the session could not be read or saved, not repeat one request's failed
 * read, keep an unsaved session from the error page, send the cookie again when the
 * session's lifetime was renewed, and carry handoff cookies, which it hides from the
 * application. Must take part in REQUEST, ERROR and ASYNC dispatches. Safe for concurrent
 * use.
 */
public final class KvSessionFilter implements Filter {

	/**
	 * Request attribute with the max inactive interval, a {@link Duration}, of the
	 * session saved by this request: a {@code CookieSerializer} can let the cookie live
	 * as long.
	 */
	public static final String MAX_INACTIVE_INTERVAL_ATTRIBUTE = KvSessionFilter.class.getName()
			+ ".maxInactiveInterval";

	/**
	 * Request attribute with the {@link Duration} after which the session saved by this
	 * request ends unless it is used again, very long for one that never does.
	 */
	public static final String LIFETIME_ATTRIBUTE = KvSessionFilter.class.getName() + ".lifetime";

	private static final Logger logger = LoggerFactory.getLogger(KvSessionFilter.class);

	/**
	 * Where Spring Session keeps the request's session, changes included. Source: the
	 * private {@code CURRENT_SESSION_ATTR} of its filter, 4.1.0.
	 */
	private static final String CURRENT_SESSION_ATTRIBUTE = SessionRepositoryFilter.SESSION_REPOSITORY_ATTR
			+ ".CURRENT_SESSION";

	/**
	 * Where Spring Session notes that the cookie was sent, and then does not send it
	 * again. Source: the private {@code WRITTEN_SESSION_ID_ATTR} of its resolver, 4.1.0.
	 */
	private static final String WRITTEN_ID_ATTRIBUTE = CookieHttpSessionIdResolver.class.getName()
			+ ".WRITTEN_SESSION_ID_ATTR";

	private static final String REQUEST_ATTRIBUTE = KvSessionFilter.class.getName() + ".request";

	/** Headers that describe a body. */
	private static final Set<String> OF_THE_BODY = Set.of("accept-ranges", "cache-control", "content-disposition",
			"content-encoding", "content-language", "content-length", "content-location", "content-range",
			"content-type", "etag", "expires", "last-modified", "link", "location", "transfer-encoding");

	/**
	 * Parts of a path that name a page and not a thing or a person: words, and versions
	 * as in {@code v1}.
	 */
	private static final Pattern WORD = Pattern.compile("[A-Za-z_.-]{0,24}|v[0-9]{1,2}");

	private static final int MOST_PARTS = 8;

	private final HttpSessionIdResolver idResolver;

	private final HandoffCookies handoffs;

	private final SessionUnavailableHandler unavailable;

	/**
	 * Creates the filter.
	 * @param idResolver sends session ids to the client
	 * @param unavailable answers a request whose session could not be read or saved, or
	 * {@code null} for the default answer
	 */
	public KvSessionFilter(HttpSessionIdResolver idResolver, @Nullable SessionUnavailableHandler unavailable) {
		this.idResolver = idResolver;
		this.handoffs = new HandoffCookies(idResolver, InstantSource.system());
		this.unavailable = (unavailable != null) ? unavailable : new RetryLaterHandler();
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (!(request instanceof HttpServletRequest httpRequest)
				|| !(response instanceof HttpServletResponse httpResponse)) {
			chain.doFilter(request, response);
			return;
		}
		HttpServletRequest shown = this.handoffs.hide(httpRequest, httpResponse);
		ServletSessionRequest current = current(shown, httpResponse);
		if (current.refused && request.getDispatcherType() == DispatcherType.ASYNC) {
			// The answer is sent; what the application has made meanwhile is dropped.
			return;
		}
		SessionRequest previous = SessionRequest.bind(current);
		try {
			chain.doFilter(shown, response);
		}
		catch (IOException | ServletException | RuntimeException ex) {
			if (!answeredUnavailable(current, shown, httpResponse, ex)) {
				throw ex;
			}
		}
		finally {
			SessionRequest.bind(previous);
			if (previous == null && !request.isAsyncStarted() && current.isChangingId()) {
				answered(current, response);
			}
		}
	}

	private boolean answeredUnavailable(ServletSessionRequest current, HttpServletRequest request,
			HttpServletResponse response, Exception ex) throws IOException, ServletException {
		KvException failure = current.failure();
		HttpServletResponse answer = current.answer(response);
		if (failure == null || !isCausedBy(ex, failure) || answer.isCommitted()) {
			return false;
		}
		reset(answer);
		answer.setHeader("Cache-Control", "no-store");
		this.unavailable.handle(request, answer, failure);
		log(current.warnings, request, answer.getStatus(), failure);
		current.refuse();
		return true;
	}

	/** The first of a flood is logged, then a summary each ten seconds. */
	private static void log(@Nullable SessionWarnings warnings, HttpServletRequest request, int status,
			KvException failure) {
		if (warnings == null) {
			return;
		}
		String method = WORD.matcher(request.getMethod()).matches() ? request.getMethod() : "?";
		warnings.warn(logger, "requests answered without their session", failure,
				"Answered " + method + " " + path(request.getServletPath(), request.getPathInfo()) + " with status "
						+ status + ", without its session");
	}

	/**
	 * Leaves out the query, parameters such as ;jsessionid, and what may be an id or a
	 * secret.
	 */
	private static String path(@Nullable String... parts) {
		String path = Arrays.stream(parts).filter((part) -> part != null).collect(Collectors.joining());
		String shown = Arrays.stream(path.split("/", MOST_PARTS + 1))
			.limit(MOST_PARTS)
			.map((part) -> WORD.matcher(part).matches() ? part : "*")
			.collect(Collectors.joining("/"));
		return shown.isEmpty() ? "/" : shown;
	}

	/**
	 * Sends the answer with the new id, as far as the container allows, before the old id
	 * ends.
	 */
	private static void answered(SessionRequest current, ServletResponse response) {
		try {
			if (response.isCommitted()) {
				response.flushBuffer();
			}
		}
		catch (IOException ex) {
			logger.debug("The client is gone", ex);
		}
		current.answered();
	}

	private ServletSessionRequest current(HttpServletRequest request, HttpServletResponse response) {
		if (request.getAttribute(REQUEST_ATTRIBUTE) instanceof ServletSessionRequest known) {
			known.dispatched(request, response);
			return known;
		}
		ServletSessionRequest created = new ServletSessionRequest(request, response);
		request.setAttribute(REQUEST_ATTRIBUTE, created);
		return created;
	}

	private static boolean isCausedBy(Throwable ex, KvException failure) {
		Throwable cause = ex;
		while (cause != null && cause != failure) {
			cause = cause.getCause();
		}
		return cause != null;
	}

	// Keeps headers that do not describe the body, such as cookies and security headers.
	private static void reset(HttpServletResponse response) {
		Map<String, List<String>> kept = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		for (String name : response.getHeaderNames()) {
			if (!OF_THE_BODY.contains(name.toLowerCase(Locale.ROOT))) {
				kept.put(name, List.copyOf(response.getHeaders(name)));
			}
		}
		response.reset();
		kept.forEach((name, values) -> values.forEach((value) -> response.addHeader(name, value)));
	}

	/** The request at hand, in its present dispatch. */
	private final class ServletSessionRequest extends SessionRequest {

		private final List<String> handoffCookies;

		private final boolean safe;

		private HttpServletRequest request;

		private HttpServletResponse response;

		private @Nullable List<String> ids;

		private @Nullable Duration renewedFor;

		private final HttpServletResponse containers;

		private boolean refused;

		ServletSessionRequest(HttpServletRequest request, HttpServletResponse response) {
			this.handoffCookies = HandoffCookies.received(request);
			this.safe = SafeRequests.isSafe(request);
			this.request = request;
			this.response = response;
			this.containers = response;
		}

		@Override
		public Map<String, String> details(SessionDetails details) {
			return details.details(this.request::getHeader);
		}

		@Override
		protected @Nullable String tenantOf(SessionTenant tenants) {
			return tenants.tenant(this.request::getHeader);
		}

		@Override
		boolean isReceived(String id) {
			return ids().contains(id);
		}

		/**
		 * An asynchronous dispatch has the application's response, which saves the
		 * session before it sends anything.
		 */
		private HttpServletResponse answer(HttpServletResponse given) {
			return (this.request.getDispatcherType() == DispatcherType.ASYNC) ? this.containers : given;
		}

		/** Ends what is asynchronous, unless its dispatch has begun. */
		private void refuse() {
			this.refused = true;
			try {
				if (this.request.isAsyncStarted()) {
					this.request.getAsyncContext().complete();
				}
			}
			catch (IllegalStateException ex) {
				logger.debug("An asynchronous request that got no session is dispatched already", ex);
			}
		}

		private void dispatched(HttpServletRequest request, HttpServletResponse response) {
			forgetSaveFailures();
			this.request = request;
			this.response = response;
			if (isErrorDispatch() && request.getAttribute(CURRENT_SESSION_ATTRIBUTE) instanceof HttpSession session
					&& isUnsaved(session.getId())) {
				// Saved with the error page, it would fail that, too.
				request.removeAttribute(CURRENT_SESSION_ATTRIBUTE);
			}
		}

		@Override
		public boolean isSafe() {
			return this.safe;
		}

		@Override
		public boolean isErrorDispatch() {
			return this.request.getDispatcherType() == DispatcherType.ERROR;
		}

		@Override
		public void saved(Duration interval, Duration lifetime) {
			this.request.setAttribute(MAX_INACTIVE_INTERVAL_ATTRIBUTE, interval);
			this.request.setAttribute(LIFETIME_ATTRIBUTE, lifetime);
		}

		@Override
		public void renewed(String id, Duration interval, Duration lifetime) {
			if (!lifetime.equals(this.renewedFor) && !this.response.isCommitted() && !isRemembered(interval)) {
				this.renewedFor = lifetime;
				this.request.removeAttribute(WRITTEN_ID_ATTRIBUTE);
				NoSharedCaching.keepOut(this.response);
				KvSessionFilter.this.idResolver.setSessionId(this.request, this.response, id);
			}
		}

		/**
		 * A remembered login has an interval of its own, and only its own answer gives
		 * the cookie an age: sent again without one, the cookie would end with the
		 * browser.
		 */
		private boolean isRemembered(Duration interval) {
			if (interval.equals(this.defaultInterval)) {
				return false;
			}
			String cookie = SessionCookieProbe.probe(KvSessionFilter.this.idResolver, this.request, this.response);
			return cookie != null && !cookie.toLowerCase(Locale.ROOT).contains("; max-age=");
		}

		/* Of a page that a browser opens: what it loads for the page comes later. */
		@Override
		public boolean mayChangeId(Duration interval) {
			boolean page = "navigate".equals(this.request.getHeader("Sec-Fetch-Mode"))
					&& !"HEAD".equals(this.request.getMethod());
			if (!page || this.response.isCommitted() || isRemembered(interval)
					|| SessionCookieProbe.probe(KvSessionFilter.this.idResolver, this.request, this.response) == null) {
				return false;
			}
			NoSharedCaching.keepOut(this.response);
			return true;
		}

		@Override
		List<String> ids() {
			List<String> resolved = this.ids;
			if (resolved == null) {
				resolved = KvSessionFilter.this.idResolver.resolveSessionIds(this.request);
				this.ids = resolved;
			}
			return resolved;
		}

		@Override
		public List<String> handoffCookies() {
			return this.handoffCookies;
		}

		@Override
		public boolean sendHandoff(IntFunction<String> sealed) {
			return KvSessionFilter.this.handoffs.send(this.request, this.response, sealed);
		}

		@Override
		public void clearHandoff() {
			KvSessionFilter.this.handoffs.clear(this.request, this.response);
		}

	}

}
