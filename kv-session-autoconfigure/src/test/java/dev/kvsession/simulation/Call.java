package dev.kvsession.simulation;

import java.util.List;

import dev.kvsession.client.KvRequest;

/**
 * One call that an instance sent. Confined to the seed's thread.
 */
final class Call {

	final int number;

	final Node node;

	final KvRequest request;

	final long sentAt;

	final Weather.Fate fate;

	/** The keys it writes or deletes; empty for a read. */
	List<String> written = List.of();

	Call(int number, Node node, KvRequest request, long sentAt, Weather.Fate fate) {
		this.number = number;
		this.node = node;
		this.request = request;
		this.sentAt = sentAt;
		this.fate = fate;
	}

	static boolean isWrite(KvRequest request) {
		return !request.method().equals("GET") && !request.path().endsWith("/bulk/get");
	}

	static boolean isBulk(KvRequest request) {
		return request.path().contains("/bulk");
	}

}
