package dev.kvsession.benchmarks.soak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Cookies of one person, on whatever instance. Confined to a thread.
 */
final class Browser {

	static final String SESSION = "SESSION";

	private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	/**
	 * Longer than an instance may let anybody wait.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Map<String, Cookie> cookies = new TreeMap<>();

	/**
	 * Takes the cookie of a session.
	 * @param session the cookie's value
	 * @return this browser
	 */
	Browser with(String session) {
		this.cookies.put(SESSION, new Cookie(session, Long.MAX_VALUE));
		return this;
	}

	/**
	 * Asks for a page.
	 * @param uri the page
	 * @param form what is posted, or {@code null} for GET
	 * @return the answer
	 * @throws IOException if there is none
	 * @throws InterruptedException if interrupted
	 */
	HttpResponse<String> send(URI uri, @Nullable String form) throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
		if (form != null) {
			request.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(HttpRequest.BodyPublishers.ofString(form));
		}
		this.cookies.values().removeIf((cookie) -> cookie.endsAt() < System.nanoTime());
		if (!this.cookies.isEmpty()) {
			request.header("Cookie", header());
		}
		HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
		answer.headers().allValues("Set-Cookie").forEach(this::take);
		return answer;
	}

	/**
	 * Returns the cookie that names the session.
	 * @return the cookie's value, or {@code null} if there is none
	 */
	@Nullable String session() {
		Cookie session = this.cookies.get(SESSION);
		return (session != null) ? session.value() : null;
	}

	void forget() {
		this.cookies.clear();
	}

	private String header() {
		return this.cookies.entrySet()
			.stream()
			.map((cookie) -> cookie.getKey() + "=" + cookie.getValue().value())
			.collect(Collectors.joining("; "));
	}

	private void take(String header) {
		String[] parts = header.split("; *");
		String[] pair = parts[0].split("=", 2);
		long endsAt = Long.MAX_VALUE;
		for (String part : parts) {
			if (part.startsWith("Max-Age=")) {
				long seconds = Long.parseLong(part.substring("Max-Age=".length()));
				endsAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
				if (seconds <= 0) {
					this.cookies.remove(pair[0]);
					return;
				}
			}
		}
		this.cookies.put(pair[0], new Cookie(pair[1], endsAt));
	}

	private record Cookie(String value, long endsAt) {
	}

}
