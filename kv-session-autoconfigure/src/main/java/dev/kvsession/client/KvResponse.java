package dev.kvsession.client;

import java.util.Map;

/**
 * One HTTP answer.
 *
 * @param status the HTTP status
 * @param headers the headers, names in lower case, the first value of each
 * @param body the body; empty if there was none; not copied, never changed
 */
public record KvResponse(int status, Map<String, String> headers, byte[] body) {

	public KvResponse {
		headers = Map.copyOf(headers);
	}

	@Override
	public String toString() {
		return "KvResponse[" + this.status + ", " + this.body.length + " bytes]";
	}

}
