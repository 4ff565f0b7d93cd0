package dev.kvsession.simulation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.kvsession.client.KvRequest;
import dev.kvsession.session.index.UserSession;

/**
 * One call that an instance sent. Confined to the seed's thread.
 */
final class Call {

	final int number;

	final Node node;

	final KvRequest request;

	final long sentAt;

	final Weather.Fate fate;

	/** The keys it names; empty until it has arrived. */
	List<String> keys = List.of();

	/** Those of a bulk write that failed though the call did not; empty for others. */
	Set<String> unsuccessful = Set.of();

	/** By key, whether a read found it. */
	Map<String, Boolean> found = Map.of();

	Call(int number, Node node, KvRequest request, long sentAt, Weather.Fate fate) {
		this.number = number;
		this.node = node;
		this.request = request;
		this.sentAt = sentAt;
		this.fate = fate;
	}

	/**
	 * Whether it writes a session or its entry, as its text tells before it has arrived.
	 * @param id the session's id
	 * @return whether it does
	 */
	boolean writes(String id) {
		String text = text();
		return isWrite(this.request) && (text.contains(id) || text.contains(UserSession.handleOf(id)));
	}

	/**
	 * Whether it reads a session's record with its markers, as a write does first.
	 * @param id the session's id
	 * @return whether it does
	 */
	boolean precedesWrite(String id) {
		String text = text();
		return this.request.path().endsWith("/bulk/get") && text.contains('"' + Plain.stored(Oracle.RECORD + id) + '"')
				&& text.contains('"' + Plain.stored(Oracle.GONE + id) + '"');
	}

	private String text() {
		byte[] body = (this.request.body() != null) ? this.request.body() : new byte[0];
		return this.request.path() + new String(body, StandardCharsets.UTF_8);
	}

	static boolean isWrite(KvRequest request) {
		return !request.method().equals("GET") && !request.path().endsWith("/bulk/get");
	}

	static boolean isBulk(KvRequest request) {
		return request.path().contains("/bulk");
	}

}
