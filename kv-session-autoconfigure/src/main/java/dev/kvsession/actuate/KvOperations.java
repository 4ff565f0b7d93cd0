package dev.kvsession.actuate;

/**
 * Names of operations as tags: {@code bulk_get}, {@code put}, {@code bulk_put},
 * {@code delete}, {@code bulk_delete}, {@code list}.
 */
final class KvOperations {

	static final String TAG = KvCallObservation.LowCardinality.OPERATION.asString();

	private KvOperations() {
	}

	static String tag(String operation) {
		return operation.replace(' ', '_');
	}

}
