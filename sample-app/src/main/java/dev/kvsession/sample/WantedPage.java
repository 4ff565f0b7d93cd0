package dev.kvsession.sample;

import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A request for the login page, seen as the request for the page that its parameter
 * {@code next} names: a Worker at the edge sends visitors here so.
 */
final class WantedPage extends HttpServletRequestWrapper {

	private static final String LOGIN = "/login";

	private static final String PARAMETER = "next";

	/** As the Worker has it, in characters. */
	private static final int MAX_LENGTH = 2048;

	/**
	 * A path on this host: to a browser {@code //host} and {@code /\host} are other
	 * hosts. Without a group that is repeated, for each repetition would take a piece of
	 * stack.
	 */
	private static final Pattern LOCAL = Pattern.compile("/(?![/\\\\])[\\x21-\\x7e]*");

	/** Spring takes no {@code %} that begins no byte. */
	private static final Pattern BAD_PERCENT = Pattern.compile("%(?![0-9a-fA-F]{2})");

	private final String path;

	private final @Nullable String query;

	private WantedPage(HttpServletRequest request, String next) {
		super(request);
		int mark = next.indexOf('?');
		this.path = (mark < 0) ? next : next.substring(0, mark);
		this.query = (mark < 0) ? null : next.substring(mark + 1);
	}

	/**
	 * Looks for a page on this host that a visitor wants to see after the login.
	 * @param request any request
	 * @return the request for that page, or the same request if it names none
	 */
	static HttpServletRequest of(HttpServletRequest request) {
		String next = LOGIN.equals(request.getServletPath()) ? request.getParameter(PARAMETER) : null;
		return (next != null && isLocal(next)) ? new WantedPage(request, next) : request;
	}

	private static boolean isLocal(String next) {
		return next.length() <= MAX_LENGTH && LOCAL.matcher(next).matches() && !BAD_PERCENT.matcher(next).find();
	}

	@Override
	public String getRequestURI() {
		return this.path;
	}

	@Override
	public @Nullable String getQueryString() {
		return this.query;
	}

}
