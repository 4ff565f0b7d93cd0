package dev.kvsession.test.operation;

import dev.kvsession.test.format.ApiError;
import dev.kvsession.test.format.Envelope;
import dev.kvsession.test.format.Json;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.store.Replicas;
import dev.kvsession.test.store.Writer;

/** The one namespace and the calls it answers. Confined to the core's lock. */
final class Namespace {

	private final Replicas replicas;

	private final Writer writer;

	private final ValueOperations values;

	private final ListOperation list;

	private final BulkOperations bulk;

	private final BulkGetOperation bulkGet;

	private boolean deleted;

	Namespace(Replicas replicas) {
		this.replicas = replicas;
		this.writer = new Writer(replicas);
		this.values = new ValueOperations(replicas, this.writer);
		this.list = new ListOperation(replicas);
		this.bulk = new BulkOperations(this.writer);
		this.bulkGet = new BulkGetOperation(replicas);
	}

	boolean isDeleted() {
		return this.deleted;
	}

	Operation operation(NamespaceCall call) {
		return switch (call.shape()) {
			case "GET " -> AccountOperations.namespace();
			case "DELETE " -> delete();
			case "GET values/*" -> this.values.get(call.decodedKey());
			case "PUT values/*" -> this.values.put(call.decodedKey(), call.query(), call.request());
			case "DELETE values/*" -> this.values.delete(call.decodedKey());
			case "GET metadata/*" -> this.values.metadata(call.decodedKey());
			case "GET keys" -> this.list.list(call.query());
			case "PUT bulk" -> this.bulk.put(call.request().body());
			case "POST bulk/delete" -> this.bulk.delete(call.request().body());
			case "POST bulk/get" -> this.bulkGet.get(call.request().body());
			default -> throw ApiError.NO_ROUTE.refusal();
		};
	}

	void clear() {
		this.deleted = false;
		this.replicas.clear();
		this.writer.clear();
	}

	private Operation delete() {
		// What DELETE .../values/.. is once a URL parser has read it: the loss that a
		// client's unescaped key would cause must show.
		return Operation.of(KvCallKind.OTHER, (turn) -> {
			clear();
			this.deleted = true;
			return Envelope.of(Json.object());
		});
	}

}
