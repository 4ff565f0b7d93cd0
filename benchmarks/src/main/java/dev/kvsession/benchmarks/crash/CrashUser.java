package dev.kvsession.benchmarks.crash;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;

import dev.kvsession.session.KvSession;
import dev.kvsession.session.KvSessionRepository;

/**
 * A user who changes the session, or its id, again and again, and remembers when each
 * change was acknowledged. Confined to a thread until it has ended.
 */
final class CrashUser implements Runnable {

	static final String ATTRIBUTE = "n";

	private static final String COOKIE = "SESSION=";

	private final CountDownLatch loggedIn;

	private final List<Long> acknowledgedAt = new ArrayList<>();

	private final HttpClient http;

	private final String url;

	private @Nullable String cookie;

	/**
	 * Creates a user.
	 * @param http makes the requests
	 * @param url the page to ask for, up to the value that it sets
	 * @param loggedIn is counted down at the first answer
	 */
	CrashUser(HttpClient http, String url, CountDownLatch loggedIn) {
		this.loggedIn = loggedIn;
		this.http = http;
		this.url = url;
	}

	/**
	 * Makes requests until the server is gone.
	 */
	@Override
	public void run() {
		try {
			while (true) {
				change(this.acknowledgedAt.size());
				this.acknowledgedAt.add(System.nanoTime());
				this.loggedIn.countDown();
			}
		}
		catch (IOException ex) {
			// The server is gone, as it should be.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void change(int value) throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.url + value));
		if (this.cookie != null) {
			request.header("Cookie", COOKIE + this.cookie);
		}
		HttpResponse<String> answer = this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
		if (answer.statusCode() != 200) {
			throw new IllegalStateException("A change was answered with status " + answer.statusCode());
		}
		for (String header : answer.headers().allValues("Set-Cookie")) {
			if (header.startsWith(COOKIE)) {
				this.cookie = header.substring(COOKIE.length()).split(";")[0];
			}
		}
	}

	int changes() {
		return this.acknowledgedAt.size();
	}

	/**
	 * Compares what was acknowledged with what KV has.
	 * @param repository reads it
	 * @param killedAt when the server was killed
	 * @return what is missing
	 */
	Loss loss(KvSessionRepository repository, long killedAt) {
		KvSession session = (this.cookie != null)
				? repository.findById(new String(Base64.getDecoder().decode(this.cookie), StandardCharsets.UTF_8))
				: null;
		Integer kept = (session != null) ? session.getAttribute(ATTRIBUTE) : null;
		int first = (kept != null) ? kept + 1 : 0;
		int missing = Math.max(0, changes() - first);
		long age = (missing > 0) ? killedAt - this.acknowledgedAt.get(first) : 0;
		return new Loss(missing, age, session == null && changes() > 0);
	}

	/**
	 * What a crash has taken from a user.
	 *
	 * @param changes how many acknowledged changes KV does not have
	 * @param oldestNanos how long before the crash the oldest of them was acknowledged
	 * @param loggedOut whether the id that the user was told last leads nowhere
	 */
	record Loss(int changes, long oldestNanos, boolean loggedOut) {
	}

}
