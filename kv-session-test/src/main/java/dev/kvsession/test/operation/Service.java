package dev.kvsession.test.operation;

import java.time.Duration;
import java.util.SplittableRandom;

import dev.kvsession.test.format.Answer;
import dev.kvsession.test.format.ApiError;
import dev.kvsession.test.format.Refusal;
import dev.kvsession.test.kv.KvEmulatorRequest;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.store.CallLimiter;
import dev.kvsession.test.store.Locations;
import dev.kvsession.test.store.Replicas;
import dev.kvsession.test.store.Turn;

/**
 * The state of an emulated service. It checks a call in this order: token, rate limit,
 * daily quota, operation. Confined to the core's lock, except {@link #replicas()}.
 */
public final class Service {

	private final SplittableRandom latencies;

	private final Locations locations;

	private final Replicas replicas;

	private final Router router;

	private final CallLimiter limiter = new CallLimiter();

	private final QuotaCounter quota = new QuotaCounter();

	public Service(long seed) {
		// One stream per concern: switching one off leaves the others' draws as they are.
		SplittableRandom root = new SplittableRandom(seed);
		this.latencies = root.split();
		this.locations = new Locations(root.split());
		this.replicas = new Replicas(root.split());
		this.router = new Router(new Namespace(this.replicas));
	}

	public Replicas replicas() {
		return this.replicas;
	}

	public Operation route(KvEmulatorRequest request) {
		return this.router.route(request);
	}

	public Duration latency(KvEmulatorSettings settings) {
		return settings.latency().sample(this.latencies);
	}

	public int location(KvEmulatorRequest request, KvEmulatorSettings settings) {
		return this.locations.choose(request.client(), settings.staleness());
	}

	public Answer answer(KvEmulatorRequest request, Operation operation, Turn turn) {
		try {
			Credentials.require(request);
		}
		catch (Refusal ex) {
			return ex.answer();
		}
		CallLimiter.Admission admission = this.limiter.admit(turn.now(), turn.settings().rateLimit());
		Answer answer = (admission.passes()) ? run(operation, turn) : ApiError.THROTTLED.answer();
		return answer.with(admission.headers());
	}

	/** Counts a call that a fault answers, and adds the headers of the rate limit. */
	public Answer counted(Answer answer, Turn turn) {
		return answer.with(this.limiter.admit(turn.now(), turn.settings().rateLimit()).headers());
	}

	private Answer run(Operation operation, Turn turn) {
		try {
			this.quota.spend(operation, turn);
			return operation.action().run(turn);
		}
		catch (Refusal ex) {
			return ex.answer();
		}
	}

}
