package dev.kvsession.benchmarks.soak;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;

/**
 * A user who logs in, looks, changes the session, now and then comes to another instance,
 * logs out and begins anew, and remembers what was promised. Confined to a thread until
 * it has ended.
 */
final class Visitor implements Runnable {

	/**
	 * Seconds between two requests of a user, in the mean.
	 */
	private static final double PAUSE = 1.5;

	private static final double LOGOUTS = 0.015;

	private static final double CHANGES = 0.15;

	private static final double MOVES = 0.1;

	private final String name;

	private final Ground ground;

	private final Random random;

	private final Browser browser = new Browser();

	private final List<Ended> ended = new ArrayList<>();

	private Instance instance;

	private Instance home;

	private long since;

	private boolean loggedIn;

	private int tried;

	private @Nullable Acknowledged last;

	/**
	 * Creates a user.
	 * @param number the user's number
	 * @param ground where the user lives
	 */
	Visitor(int number, Ground ground) {
		this.name = "user" + number;
		this.ground = ground;
		this.random = new Random(number);
		this.instance = ground.anyInstance(this.random);
		this.home = this.instance;
	}

	@Override
	public void run() {
		while (!this.ground.isOver()) {
			try {
				this.ground.pause(-Math.log(1 - this.random.nextDouble()) * PAUSE);
				step();
			}
			catch (IOException ex) {
				this.ground.tally().unreachable();
				this.instance = this.ground.anyInstance(this.random);
			}
			catch (InterruptedException ex) {
				return;
			}
		}
	}

	private void step() throws IOException, InterruptedException {
		if (this.random.nextDouble() < MOVES) {
			this.instance = this.ground.anyInstance(this.random);
		}
		double dice = this.random.nextDouble();
		if (!this.loggedIn) {
			logIn();
		}
		else if (dice < LOGOUTS && !this.ground.isClosing()) {
			logOut();
		}
		else if (dice < LOGOUTS + CHANGES && !this.ground.isClosing()) {
			change();
		}
		else {
			look();
		}
	}

	private void logIn() throws IOException, InterruptedException {
		if (this.ground.isClosing()) {
			return;
		}
		this.browser.forget();
		if (ask("/start", null).statusCode() != 200) {
			return;
		}
		String before = this.browser.session();
		HttpResponse<String> answer = ask("/login", "username=" + this.name + "&password=" + SoakApp.PASSWORD);
		if (answer.statusCode() == 302 && isTo(answer, "/up")) {
			this.ground.findings().count(Findings.Kind.LOGIN);
			this.loggedIn = true;
			this.since = System.nanoTime();
			this.home = this.instance;
			this.last = null;
			this.tried = 0;
			remember(before);
		}
		else if (answer.statusCode() != 503) {
			this.ground.wrong(this.instance, "login", answer);
		}
	}

	private void look() throws IOException, InterruptedException {
		HttpResponse<String> answer = ask("/me", null);
		if (answer.statusCode() == 200 && !answer.body().equals(this.name)) {
			this.ground.findings().count(Findings.Kind.FOREIGN, this.name);
		}
		expect(answer, "page");
	}

	private void change() throws IOException, InterruptedException {
		Instance.Life life = this.instance.life();
		int value = ++this.tried;
		HttpResponse<String> answer = ask("/change", "value=" + value);
		if (expect(answer, "change")) {
			this.last = new Acknowledged(value, System.nanoTime(), life);
			this.ground.findings().count(Findings.Kind.CHANGE);
		}
	}

	private void logOut() throws IOException, InterruptedException {
		String id = this.browser.session();
		// Whatever the answer is: an answer that does not come may have been a logout.
		this.loggedIn = false;
		HttpResponse<String> answer = ask("/logout", "");
		if (answer.statusCode() == 302) {
			this.ground.findings().count(Findings.Kind.LOGOUT);
			remember(id);
		}
		else if (answer.statusCode() != 503) {
			this.ground.wrong(this.instance, "logout", answer);
		}
	}

	/**
	 * Compares an answer with what a user who is logged in must get.
	 * @param answer the answer
	 * @param what what was asked for
	 * @return whether it was served
	 */
	private boolean expect(HttpResponse<String> answer, String what) {
		int status = answer.statusCode();
		if (status == 302 && isTo(answer, "/login")) {
			this.ground.findings()
				.count(Findings.Kind.LOGGED_OUT,
						this.ground.tally().phase() + ", " + what + " of " + this.name + ", who logged in "
								+ (System.nanoTime() - this.since) / 1_000_000_000L + " s before at " + this.home.uri()
								+ ", at " + this.instance.uri());
			this.loggedIn = false;
		}
		else if (status != 200 && status != 503) {
			this.ground.wrong(this.instance, what, answer);
		}
		return status == 200;
	}

	private HttpResponse<String> ask(String page, @Nullable String form) throws IOException, InterruptedException {
		long start = System.nanoTime();
		HttpResponse<String> answer = this.browser.send(this.instance.uri().resolve(page), form);
		long took = System.nanoTime() - start;
		if (answer.statusCode() == 503) {
			this.ground.tally().refused(took);
			if (answer.headers().firstValue("Retry-After").isEmpty()) {
				this.ground.wrong(this.instance, "503 without Retry-After", answer);
			}
		}
		else {
			this.ground.tally().served(took);
		}
		return answer;
	}

	private static boolean isTo(HttpResponse<String> answer, String page) {
		return answer.headers().firstValue("Location").filter((location) -> location.endsWith(page)).isPresent();
	}

	private void remember(@Nullable String cookie) {
		if (cookie != null) {
			this.ended.add(new Ended(cookie, System.nanoTime(), this.ground.tally().phase()));
		}
	}

	String name() {
		return this.name;
	}

	List<Ended> ended() {
		return this.ended;
	}

	@Nullable String session() {
		return this.loggedIn ? this.browser.session() : null;
	}

	@Nullable Acknowledged last() {
		return this.last;
	}

	/**
	 * A change that was acknowledged.
	 *
	 * @param value the value
	 * @param at when, by {@link System#nanoTime()}
	 * @param life which JVM acknowledged it
	 */
	record Acknowledged(int value, long at, Instance.Life life) {
	}

	/**
	 * An id that ended by a logout or by the change of id at a login.
	 *
	 * @param cookie the cookie that names it
	 * @param at when, by {@link System#nanoTime()}
	 * @param phase what happened meanwhile
	 */
	record Ended(String cookie, long at, String phase) {
	}

}
