package dev.kvsession.session;

import java.util.List;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;

/**
 * A request of a browser, as the filter makes it known to the repository. Confined to one
 * request.
 */
final class BrowserRequest extends SessionRequest {

	/**
	 * What name and attributes take of a handoff cookie.
	 */
	private static final int ATTRIBUTES_LENGTH = 100;

	private final boolean safe;

	private final CookieJar jar;

	private final @Nullable String received;

	/**
	 * Creates a request.
	 * @param safe whether its method is safe
	 * @param jar the browser's cookies
	 * @param nowNanos when the request leaves
	 */
	BrowserRequest(boolean safe, CookieJar jar, long nowNanos) {
		this.safe = safe;
		this.jar = jar;
		this.received = jar.handoff(nowNanos);
	}

	/**
	 * Runs the request.
	 * @param chain what is done in it
	 */
	void run(Runnable chain) {
		SessionRequest previous = SessionRequest.bind(this);
		try {
			chain.run();
		}
		finally {
			SessionRequest.bind(previous);
		}
	}

	@Override
	boolean isSafe() {
		return this.safe;
	}

	@Override
	List<String> handoffCookies() {
		return (this.received != null) ? List.of(this.received) : List.of();
	}

	@Override
	boolean sendHandoff(IntFunction<String> sealed) {
		this.jar.receive(sealed.apply(HandoffCookies.MAX_LENGTH - ATTRIBUTES_LENGTH));
		return true;
	}

	@Override
	void clearHandoff() {
		this.jar.clear();
	}

	@Override
	boolean isErrorDispatch() {
		return false;
	}

	@Override
	void saved(KvSession session) {
		// The session cookie does not change.
	}

	@Override
	void renewed(KvSession session) {
		// Browsers here do not forget the session cookie.
	}

}
