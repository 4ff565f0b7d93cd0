package dev.kvsession.actuate;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvCallObserver;
import dev.kvsession.client.support.Stages;

/**
 * Makes one Micrometer observation {@code kv.calls} of each call to KV: with Spring
 * Boot's actuator a timer, with tracing a span. It knows the operation, the outcome and
 * the kind of error; never a key, an id, a URL or a value. Safe for concurrent use.
 * <p>
 * A call that carries the keys of several requests belongs to the request on whose thread
 * it was sent, or to none.
 */
public final class ObservedKvCalls implements KvCallObserver {

	private final ObservationRegistry observations;

	/**
	 * Creates an observer.
	 * @param observations where observations go
	 */
	public ObservedKvCalls(ObservationRegistry observations) {
		this.observations = observations;
	}

	@Override
	public Call started(String operation, int items) {
		String tag = KvCallTags.operation(operation);
		Observation observation = KvCallObservation.CALL.observation(this.observations)
			.contextualName("kv " + operation)
			.lowCardinalityKeyValue(KvCallObservation.LowCardinality.OPERATION.withValue(tag))
			// Also while it is under way, since a meter's tags must not change.
			.lowCardinalityKeyValue(KvCallObservation.LowCardinality.OUTCOME.withValue("none"))
			.start();
		return (failure) -> ended(observation, failure);
	}

	private static void ended(Observation observation, @Nullable Throwable failure) {
		String outcome = KvCallTags.outcome(failure);
		observation.lowCardinalityKeyValue(KvCallObservation.LowCardinality.OUTCOME.withValue(outcome));
		if (failure != null) {
			observation.error(Stages.unwrap(failure));
		}
		observation.stop();
	}

}
