package dev.kvsession.benchmarks.users;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import dev.kvsession.benchmarks.store.GitHubSessions;
import dev.kvsession.client.KvException;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.SimulatedRepository;
import dev.kvsession.session.StoredSessions;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.KvContents;
import dev.kvsession.test.VirtualTime;
import dev.kvsession.test.kv.KvCallKind;

/**
 * Users who look at pages. A page is a GET and, after its answer, four more within a
 * second; each request goes to any instance. Some pages end in a POST that changes the
 * session and leads to the next page. A user who has seen ten pages is followed by
 * another, whom no instance knows and whose session was last used a day ago. Some
 * sessions end elsewhere while their user goes on.
 */
final class People implements Turns.Arrivals {

	private static final int MORE_REQUESTS = 4;

	private static final Duration PAGE = Duration.ofSeconds(1);

	/**
	 * The share of pages that end in a POST.
	 */
	private static final double POSTS = 0.08;

	/**
	 * The share of pages during which the session ends elsewhere.
	 */
	private static final double ENDS = 0.002;

	private static final Duration ARRIVAL = Duration.ofMinutes(5);

	/**
	 * When a change is in KV for certain: another instance's touch may overwrite it until
	 * a second look finds that (docs/consistency.md, "Concurrent changes").
	 */
	private static final Duration UNTIL_WRITTEN = Duration.ofMinutes(13);

	private static final String CHANGED = "cart";

	/**
	 * As in {@link ActiveUsers}: requests that wait at a time; more fail.
	 */
	private static final int MAX_WAITING = 3000;

	private static final long PROGRESS_EVERY = TimeUnit.MINUTES.toNanos(3);

	private static final int TOO_MANY_REQUESTS = 429;

	private final Random random = new Random(1);

	private final PriorityQueue<Step> steps = new PriorityQueue<>(
			Comparator.comparingLong(Step::due).thenComparingLong(Step::number));

	private final Waits safe = new Waits();

	private final Waits others = new Waits();

	private final Waits.Samples afterEnd = new Waits.Samples();

	private final PeopleScenario scenario;

	private final VirtualTime timeline;

	private final StoredSessions stored;

	private final byte[] record;

	private List<KvSessionRepository> instances = List.of();

	private Turns turns = new Turns(new VirtualTime(), this);

	private long planned;

	private long ends;

	private long failed;

	private long failedBefore;

	private long lost;

	private long progress;

	People(PeopleScenario scenario, VirtualTime timeline, KvContents kv) {
		this.scenario = scenario;
		this.timeline = timeline;
		this.stored = new StoredSessions(kv, timeline);
		this.record = VirtualInstance.record(timeline.instant().minus(Duration.ofDays(1)), scenario.indexed());
	}

	void start(List<KvSessionRepository> instances, Turns turns) {
		this.instances = instances;
		this.turns = turns;
		for (int user = 0; user < this.scenario.users(); user++) {
			Visit visit = newVisit();
			visit.joinMidway();
			plan(ARRIVAL.multipliedBy(user).dividedBy(this.scenario.users()), () -> page(visit));
		}
	}

	private Visit newVisit() {
		return new Visit(this.stored.logIn(this.record), this.random.nextLong(), this.timeline, this.scenario);
	}

	private void plan(Duration delay, Runnable action) {
		this.steps.add(new Step(this.timeline.nanos() + delay.toNanos(), this.planned++, action));
	}

	@Override
	public long nextDue() {
		Step next = this.steps.peek();
		long end = this.scenario.duration().plus(UNTIL_WRITTEN.multipliedBy(2)).toNanos();
		return (next != null && next.due() < end) ? next.due() : VirtualTime.NEVER;
	}

	@Override
	public void arrive() {
		Step step = this.steps.remove();
		if (step.due() / PROGRESS_EVERY != this.progress) {
			this.progress = step.due() / PROGRESS_EVERY;
			System.out.printf("  %s: %d of %d minutes%n", this.scenario.name(),
					TimeUnit.NANOSECONDS.toMinutes(step.due()), this.scenario.duration().toMinutes());
		}
		step.action().run();
	}

	private void page(Visit visit) {
		if (isClosing()) {
			leave(visit);
			return;
		}
		if (visit.isOver() || !visit.nextPage()) {
			leave(visit);
			page(newVisit());
			return;
		}
		get(visit);
		for (int i = 0; i < MORE_REQUESTS; i++) {
			plan(PAGE.multipliedBy(visit.random.nextInt(1000)).dividedBy(1000), () -> get(visit));
		}
		Duration think = Visit.THINK_TIME.next(visit.random);
		boolean post = visit.happens(POSTS);
		plan(think, () -> click(visit, post));
		if (visit.happens(ENDS)) {
			plan(think.dividedBy(2), () -> endElsewhere(visit));
		}
	}

	private void click(Visit visit, boolean post) {
		if (!visit.isOver() && post && !isClosing()) {
			request(visit, false);
		}
		page(visit);
	}

	private void leave(Visit visit) {
		if (!visit.isOver()) {
			plan(UNTIL_WRITTEN, () -> checkSaved(visit));
		}
		visit.over();
	}

	private boolean isClosing() {
		return this.timeline.nanos() >= this.scenario.duration().toNanos();
	}

	/*
	 * What was acknowledged must be in KV.
	 */
	private void checkSaved(Visit visit) {
		if (!visit.hasEnded()) {
			this.lost += visit.hasLost(VirtualInstance.value(this.stored.record(visit.id), CHANGED)) ? 1 : 0;
		}
	}

	private void endElsewhere(Visit visit) {
		if (!visit.isOver() && !visit.hasEnded()) {
			visit.endElsewhere(this.timeline.nanos());
			this.ends += isMeasured(this.timeline.nanos()) ? 1 : 0;
			this.stored.end(visit.id);
		}
	}

	private void get(Visit visit) {
		if (!visit.isOver() && !isClosing()) {
			request(visit, true);
		}
	}

	private void request(Visit visit, boolean safe) {
		int instance = visit.random.nextInt(this.instances.size());
		long start = this.timeline.nanos();
		boolean mustWait = visit.handedOver.waits(instance, safe, start);
		boolean mustWaitIfCarried = visit.carried.waits(instance, safe, start);
		Waits waits = safe ? this.safe : this.others;
		if (isMeasured(start)) {
			waits.request(mustWait, mustWaitIfCarried);
		}
		if (this.turns.waiting() >= MAX_WAITING) {
			failed(start);
			return;
		}
		try {
			SimulatedRepository.request(safe, visit.jar).accept(() -> serve(visit, instance, safe, start));
		}
		catch (KvException ex) {
			failed(start);
		}
		if (isMeasured(start)) {
			waits.waited(this.timeline.nanos() - start);
		}
	}

	private void failed(long start) {
		if (isMeasured(start)) {
			this.failed++;
		}
		else {
			this.failedBefore++;
		}
	}

	private boolean isMeasured(long start) {
		return start >= PeopleScenario.WARM_UP.toNanos();
	}

	/*
	 * What Spring Session asks of a store in one authenticated request.
	 */
	private void serve(Visit visit, int instance, boolean safe, long start) {
		KvSessionRepository repository = this.instances.get(instance);
		KvSession session = repository.findById(visit.id);
		if (session == null) {
			missing(visit);
			return;
		}
		if (visit.hasEnded() && isMeasured(start)) {
			this.afterEnd.add(this.timeline.nanos() - visit.endedAt());
		}
		session.getAttribute(GitHubSessions.CONTEXT);
		session.setLastAccessedTime(this.timeline.instant());
		if (!safe) {
			session.setAttribute(CHANGED, visit.nextSave());
		}
		repository.save(session);
		KvSession again = repository.findById(visit.id);
		if (again != null) {
			repository.save(again);
		}
		if (!safe) {
			visit.acknowledged();
			visit.handedOver.saved(instance, this.timeline.nanos());
			visit.carried.saved(instance, this.timeline.nanos());
		}
	}

	private void missing(Visit visit) {
		this.lost += (visit.hasEnded() || visit.isOver()) ? 0 : 1;
		visit.over();
	}

	PeopleResult result(List<KvCall> calls) {
		Instant begin = this.timeline.instant().minusNanos(this.timeline.nanos()).plus(PeopleScenario.WARM_UP);
		List<KvCall> measured = new ArrayList<>(calls);
		Instant end = begin.minus(PeopleScenario.WARM_UP).plus(this.scenario.duration());
		measured.removeIf((call) -> call.at().isBefore(begin) || call.at().isAfter(end));
		long blocked = calls.stream().filter(People::isBlocked).count();
		return new PeopleResult(this.safe, this.others, CallLedger.of(calls), CallLedger.of(measured), blocked,
				this.afterEnd, this.ends, this.failed, this.failedBefore, this.lost);
	}

	/*
	 * A second write of a key in one second is refused with the same status, but no read
	 * is: those tell of a blocked token.
	 */
	private static boolean isBlocked(KvCall call) {
		return call.status() == TOO_MANY_REQUESTS
				&& (call.kind() == KvCallKind.BULK_GET || call.kind() == KvCallKind.GET);
	}

	/**
	 * Something that a user does.
	 *
	 * @param due when, in nanoseconds of the timeline
	 * @param number orders what is due at the same time
	 * @param action what
	 */
	private record Step(long due, long number, Runnable action) {
	}

}
