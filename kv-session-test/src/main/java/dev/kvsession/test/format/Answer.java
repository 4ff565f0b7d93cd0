package dev.kvsession.test.format;

import java.util.HashMap;
import java.util.Map;

/** An HTTP answer; header names in lower case. Immutable. */
public record Answer(int status, Map<String, String> headers, byte[] body) {

	public Answer {
		headers = Map.copyOf(headers);
	}

	public Answer with(Map<String, String> more) {
		Map<String, String> all = new HashMap<>(more);
		all.putAll(this.headers);
		return new Answer(this.status, all, this.body);
	}

}
