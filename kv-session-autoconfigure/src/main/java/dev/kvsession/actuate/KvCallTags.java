package dev.kvsession.actuate;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvException;
import dev.kvsession.client.support.Stages;

/**
 * Values of a call's tags.
 */
final class KvCallTags {

	static final String OPERATION = KvCallObservation.LowCardinality.OPERATION.asString();

	private KvCallTags() {
	}

	/**
	 * Names an operation: {@code bulk_get}, {@code put}, {@code bulk_put},
	 * {@code delete}, {@code bulk_delete} or {@code list}.
	 * @param operation its name in messages
	 * @return its name as a tag
	 */
	static String operation(String operation) {
		return operation.replace(' ', '_');
	}

	/**
	 * Names how a call ended, as an operator tells failures apart.
	 * @return {@code success}, the kind of failure, or {@code failed} for any other
	 */
	static String outcome(@Nullable Throwable failure) {
		if (failure == null) {
			return "success";
		}
		if (!(Stages.unwrap(failure) instanceof KvException ofKv)) {
			return "failed";
		}
		return switch (ofKv.kind()) {
			case FOREIGN, TOO_LARGE -> "unexpected";
			default -> ofKv.kind().name().toLowerCase(Locale.ROOT);
		};
	}

}
