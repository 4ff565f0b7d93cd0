package dev.kvsession.benchmarks.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.springframework.http.HttpHeaders;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Strangers who send one request after another, until the flood is ended.
 */
final class Flood implements AutoCloseable {

	private static final int MANY_COOKIES = 100;

	private static final int LARGE_BYTES = 25_000_000;

	private static final long BREATH_MILLIS = 20;

	private final CountDownLatch over = new CountDownLatch(1);

	private Flood(int strangers, Stranger stranger) {
		for (int i = 0; i < strangers; i++) {
			Random random = new Random(i);
			Thread thread = new Thread(() -> flood(stranger, random), "stranger-" + i);
			thread.setDaemon(true);
			thread.start();
		}
	}

	/**
	 * Strangers who guess ids of the right shape.
	 * @param ground where they live
	 * @param strangers how many they are
	 * @return the flood
	 */
	static Flood ofGuesses(Ground ground, int strangers) {
		return new Flood(strangers, (random) -> get(ground, random, "/me", guess(random)));
	}

	/**
	 * Bots on a page that makes sessions.
	 * @param ground where they live
	 * @param strangers how many they are
	 * @return the flood
	 */
	static Flood ofNewSessions(Ground ground, int strangers) {
		return new Flood(strangers, (random) -> get(ground, random, "/start", ""));
	}

	/**
	 * Requests with a hundred guesses each.
	 * @param ground where they live
	 * @param strangers how many they are
	 * @return the flood
	 */
	static Flood ofManyCookies(Ground ground, int strangers) {
		return new Flood(strangers, (random) -> get(ground, random, "/me",
				IntStream.range(0, MANY_COOKIES).mapToObj((i) -> guess(random)).collect(Collectors.joining("; "))));
	}

	/**
	 * Users who put 25 MB into their session.
	 * @param ground where they live
	 * @param strangers how many they are
	 * @return the flood
	 */
	static Flood ofLargeSessions(Ground ground, int strangers) {
		return new Flood(strangers, (random) -> {
			Browser browser = new Browser();
			Instance instance = ground.anyInstance(random);
			browser.send(instance.uri().resolve("/login"), "username=large&password=" + SoakApp.PASSWORD);
			browser.send(instance.uri().resolve("/grow"), "bytes=" + LARGE_BYTES);
		});
	}

	private static String guess(Random random) {
		String id = new UUID(random.nextLong() & ~0xf000L | 0x4000L, random.nextLong() >>> 2 | 1L << 63).toString();
		return Browser.SESSION + "=" + Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.UTF_8));
	}

	private static void get(Ground ground, Random random, String page, String cookies) {
		RestClient.create()
			.get()
			.uri(ground.anyInstance(random).uri().resolve(page))
			.header(HttpHeaders.COOKIE, cookies)
			.exchange((request, answer) -> answer.getStatusCode());
	}

	private void flood(Stranger stranger, Random random) {
		try {
			while (!this.over.await(BREATH_MILLIS, TimeUnit.MILLISECONDS)) {
				try {
					stranger.act(random);
				}
				catch (IOException | RestClientException ex) {
					// The instance is gone, or has had enough.
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		this.over.countDown();
	}

	private interface Stranger {

		void act(Random random) throws IOException, InterruptedException;

	}

}
