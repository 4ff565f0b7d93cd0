package dev.kvsession.actuate;

import java.util.Locale;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvCallObserver;
import dev.kvsession.client.KvException;
import dev.kvsession.client.support.Stages;

/**
 * Makes one Micrometer observation {@code kv.calls} of each call to KV: with Spring
 * Boot's actuator a timer, with tracing a span. Its keys are {@code operation} and
 * {@code outcome}; Micrometer adds {@code error}, the exception's simple name. It never
 * shows a key, an id, a URL or a value. Safe for concurrent use.
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
		Observation observation = Observation.createNotStarted("kv.calls", this.observations)
			.contextualName("kv " + operation)
			.lowCardinalityKeyValue("operation", tag(operation))
			// Set before the end as well, since a meter's tags must not change.
			.lowCardinalityKeyValue("outcome", "none")
			.start();
		return (failure) -> {
			Throwable unwrapped = Stages.unwrapNullable(failure);
			observation.lowCardinalityKeyValue("outcome", outcome(unwrapped));
			if (unwrapped != null) {
				observation.error(unwrapped);
			}
			observation.stop();
		};
	}

	/** Names an operation as a tag, for example {@code bulk_get}. */
	static String tag(String operation) {
		return operation.replace(' ', '_');
	}

	private static String outcome(@Nullable Throwable failure) {
		if (failure == null) {
			return "success";
		}
		if (!(failure instanceof KvException ofKv)) {
			return "failed";
		}
		return switch (ofKv.kind()) {
			case FOREIGN, TOO_LARGE -> "unexpected";
			default -> ofKv.kind().name().toLowerCase(Locale.ROOT);
		};
	}

}
