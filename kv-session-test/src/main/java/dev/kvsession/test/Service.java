package dev.kvsession.test;

import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;

import org.jspecify.annotations.Nullable;

/**
 * The state of an emulated service, and the order in which it looks at a call: fault,
 * token, calls of the token, daily quota, and only then the operation. Confined to the
 * core's lock but for {@link #replicas()}.
 */
final class Service {

	private static final Answer NONE = new Answer(0, Map.of(), new byte[0]);

	private final SplittableRandom latencies;

	private final Locations locations;

	private final Replicas replicas;

	private final Router router;

	private final CallLimiter limiter = new CallLimiter();

	private final QuotaCounter quota = new QuotaCounter();

	Service(long seed) {
		// One stream per concern: switching one off leaves the others' draws as they are.
		SplittableRandom root = new SplittableRandom(seed);
		this.latencies = root.split();
		this.locations = new Locations(root.split());
		this.replicas = new Replicas(root.split());
		this.router = new Router(new Namespace(this.replicas));
	}

	Replicas replicas() {
		return this.replicas;
	}

	Operation route(KvEmulatorRequest request) {
		return this.router.route(request);
	}

	Duration latency(KvEmulatorSettings settings) {
		return settings.latency().sample(this.latencies);
	}

	int location(KvEmulatorRequest request, KvEmulatorSettings settings) {
		return this.locations.choose(request.client(), settings.staleness());
	}

	Answer answer(KvEmulatorRequest request, Operation operation, Turn turn, KvFault fault) {
		if (fault.delivery() == KvDelivery.RESET_BEFORE) {
			return NONE;
		}
		@Nullable Answer canned = fault.answer();
		if (canned != null && !fault.applies()) {
			return canned.with(this.limiter.admit(turn.now(), turn.settings().rateLimit()).headers());
		}
		Answer own = own(request, operation, turn);
		return (canned != null) ? canned : own;
	}

	private Answer own(KvEmulatorRequest request, Operation operation, Turn turn) {
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
