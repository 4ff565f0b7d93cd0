package dev.kvsession.session.look;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The plans of all sessions that are to be looked at again. Each plan is used inside the
 * map's lock, so that a write that comes meanwhile either prolongs a plan or begins a new
 * one. Safe for concurrent use.
 */
public final class LookPlans {

	private final ConcurrentMap<String, LookPlan> plans = new ConcurrentHashMap<>();

	/** Notes a write; returns whether the session had no plan before. */
	boolean written(String id, long nowNanos, Duration lastLook) {
		boolean[] first = new boolean[1];
		this.plans.compute(id, (key, known) -> {
			first[0] = (known == null);
			LookPlan plan = (known != null) ? known : new LookPlan();
			plan.written(nowNanos, lastLook);
			return plan;
		});
		return first[0];
	}

	/** Tests a plan; false if there is none. */
	boolean test(String id, Predicate<LookPlan> question) {
		boolean[] answer = new boolean[1];
		this.plans.computeIfPresent(id, (key, plan) -> {
			answer[0] = question.test(plan);
			return plan;
		});
		return answer[0];
	}

	/** Returns the delay of the plan's next look; drops the plan if there is none. */
	@Nullable Duration next(String id, Function<LookPlan, @Nullable Duration> delayOf) {
		@Nullable Duration[] delay = new Duration[1];
		this.plans.computeIfPresent(id, (key, plan) -> {
			delay[0] = delayOf.apply(plan);
			return (delay[0] != null) ? plan : null;
		});
		return delay[0];
	}

	/**
	 * Whether the markers are to be read before a session is written again, however fresh
	 * its state: what KV shows may be our own write over a record that had ended.
	 */
	public boolean isMarkerDue(String id, long nowNanos) {
		return test(id, (plan) -> plan.isMarkerDue(nowNanos));
	}

	/** Notes that the markers were asked for at that time and not found. */
	public void markerRead(String id, long askedNanos) {
		this.plans.computeIfPresent(id, (key, plan) -> {
			plan.markerRead(askedNanos);
			return plan;
		});
	}

	boolean contains(String id) {
		return this.plans.containsKey(id);
	}

	boolean remove(String id) {
		return this.plans.remove(id) != null;
	}

	int size() {
		return this.plans.size();
	}

}
