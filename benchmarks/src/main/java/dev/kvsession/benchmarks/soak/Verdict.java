package dev.kvsession.benchmarks.soak;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

import dev.kvsession.benchmarks.store.Store;

/**
 * Compares what users were told with what is there. Confined to a thread.
 */
final class Verdict {

	/**
	 * After this, no instance may serve an ended session: readers of KV are two minutes
	 * late, {@code near-cache.max-staleness} is five minutes.
	 */
	private static final Duration LATEST_SERVED = Duration.ofMinutes(7);

	/**
	 * When the last look at a write is due.
	 */
	private static final Duration LAST_LOOK = Duration.ofSeconds(306);

	private static final int COOKIES_ASKED_FOR = 30;

	private final Leg leg;

	private final Ground ground;

	private final Findings findings;

	private final List<Visitor> visitors;

	Verdict(Leg leg, Ground ground, List<Visitor> visitors) {
		this.leg = leg;
		this.ground = ground;
		this.findings = ground.findings();
		this.visitors = visitors;
	}

	/**
	 * Asks each instance for sessions that ended long ago, but for those whose end a
	 * killed instance may have taken along.
	 * @throws IOException if an instance is gone
	 * @throws InterruptedException if interrupted
	 */
	void askForEnded() throws IOException, InterruptedException {
		long before = System.nanoTime() - LATEST_SERVED.toNanos();
		List<Visitor.Ended> old = ended()
			.filter((ended) -> ended.at() < before && !this.ground.killedAfter(ended.at(), LAST_LOOK))
			.limit(COOKIES_ASKED_FOR)
			.toList();
		for (Visitor.Ended ended : old) {
			for (Instance instance : this.ground.instances()) {
				HttpResponse<String> answer = new Browser().with(ended.cookie())
					.send(instance.uri().resolve("/me"), null);
				this.findings.count(Findings.Kind.END_ASKED_FOR);
				if (answer.statusCode() == 200) {
					this.findings.count(Findings.Kind.END_SERVED, instance.uri().toString());
				}
			}
		}
	}

	/**
	 * Reads the sessions that users have, and those that ended.
	 * @throws Exception if KV cannot be read
	 */
	void lookIntoKv() throws Exception {
		try (Store store = this.leg.open()) {
			for (Visitor visitor : this.visitors) {
				compare(visitor, store.repository());
			}
			for (Visitor.Ended ended : ended().toList()) {
				if (store.repository().findById(decode(ended.cookie())) != null) {
					boolean excused = this.ground.killedAfter(ended.at(), LAST_LOOK);
					this.findings.count(excused ? Findings.Kind.END_EXCUSED : Findings.Kind.END_LEFT,
							"ended while '" + ended.phase() + "'");
				}
			}
		}
	}

	private void compare(Visitor visitor, SessionRepository<? extends Session> repository) {
		String cookie = visitor.session();
		if (cookie == null) {
			return;
		}
		Session session = repository.findById(decode(cookie));
		if (session == null) {
			this.findings.count(Findings.Kind.LOGGED_OUT, "at the end, " + visitor.name());
			return;
		}
		Visitor.Acknowledged last = visitor.last();
		Integer kept = session.getAttribute(SoakApp.NUMBER);
		if (last != null && (kept == null || kept < last.value())) {
			boolean excused = last.life().wasKilled(last.at(), this.leg.excused());
			this.findings.count(excused ? Findings.Kind.CHANGE_EXCUSED : Findings.Kind.CHANGE_LOST,
					visitor.name() + " has " + kept + " instead of " + last.value());
		}
	}

	/**
	 * Looks for ids and the token in what the instances have logged.
	 * @throws IOException if a log cannot be read
	 */
	void lookIntoLogs() throws IOException {
		Set<String> secrets = Stream
			.concat(ended().map(Visitor.Ended::cookie), this.visitors.stream().map(Visitor::session))
			.filter((cookie) -> cookie != null)
			.flatMap((cookie) -> Stream.of(cookie, decode(cookie)))
			.collect(Collectors.toSet());
		secrets.add(String.valueOf(this.leg.properties("").get("cloudflare.kv.api-token")));
		for (Instance instance : this.ground.instances()) {
			List<String> lines = Files.readAllLines(instance.log());
			for (String line : lines) {
				this.findings.count(Findings.Kind.LOG_LINE);
				if (secrets.stream().anyMatch(line::contains)) {
					this.findings.count(Findings.Kind.SECRET, instance.log().getFileName().toString());
				}
			}
		}
	}

	private Stream<Visitor.Ended> ended() {
		return this.visitors.stream().flatMap((visitor) -> visitor.ended().stream());
	}

	private static String decode(String cookie) {
		return new String(Base64.getDecoder().decode(cookie), StandardCharsets.UTF_8);
	}

}
