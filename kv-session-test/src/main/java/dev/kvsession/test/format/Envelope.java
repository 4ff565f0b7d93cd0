package dev.kvsession.test.format;

import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON around every answer except a value. */
public final class Envelope {

	private static final Map<String, String> HEADERS = Map.of("content-type", "application/json");

	private static final int OK = 200;

	private Envelope() {
	}

	public static Answer of(JsonNode result) {
		return answer(OK, success(result));
	}

	public static Answer of(JsonNode result, ObjectNode resultInfo) {
		return answer(OK, success(result).set("result_info", resultInfo));
	}

	public static Answer withMessage(JsonNode result, int code, String message) {
		ObjectNode envelope = success(result);
		envelope.putArray("messages").addObject().put("code", code).put("message", message);
		return answer(OK, envelope);
	}

	public static Answer error(int status, int code, String message) {
		ObjectNode envelope = Json.object().put("success", false);
		envelope.putArray("errors").addObject().put("code", code).put("message", message);
		envelope.putArray("messages");
		envelope.putNull("result");
		return answer(status, envelope);
	}

	private static ObjectNode success(JsonNode result) {
		ObjectNode envelope = Json.object().put("success", true);
		envelope.putArray("errors");
		envelope.putArray("messages");
		envelope.set("result", result);
		return envelope;
	}

	private static Answer answer(int status, ObjectNode envelope) {
		return new Answer(status, HEADERS, Json.bytes(envelope));
	}

}
