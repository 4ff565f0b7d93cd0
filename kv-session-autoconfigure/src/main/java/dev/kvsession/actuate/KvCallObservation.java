package dev.kvsession.actuate;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * What is observed of each call. Micrometer's handlers make of it the timer
 * {@code kv.calls}, with the exception's simple name as a further tag {@code error}, and
 * {@code kv.calls.active}.
 */
enum KvCallObservation implements ObservationDocumentation {

	/** One call to KV, of whatever number of keys; each repetition is one of its own. */
	CALL;

	@Override
	public String getName() {
		return "kv.calls";
	}

	@Override
	public KeyName[] getLowCardinalityKeyNames() {
		return LowCardinality.values();
	}

	/**
	 * Keys with few values, none of which comes from outside.
	 */
	enum LowCardinality implements KeyName {

		/** What was asked. */
		OPERATION {

			@Override
			public String asString() {
				return "operation";
			}

		},

		/** How it ended; empty of meaning until then. */
		OUTCOME {

			@Override
			public String asString() {
				return "outcome";
			}

		}

	}

}
