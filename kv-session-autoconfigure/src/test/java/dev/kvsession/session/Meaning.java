package dev.kvsession.session;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * That of an answer in which emulator and workerd have to agree: all but the words.
 *
 * @param status the HTTP status
 * @param value what it says
 */
record Meaning(int status, Object value) {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	static Meaning of(int status, byte[] body) {
		String text = new String(body, StandardCharsets.UTF_8);
		return new Meaning(status, text.startsWith("{\"success\":") ? meaning(text) : text);
	}

	private static Object meaning(String text) {
		try {
			JsonNode envelope = MAPPER.readTree(text);
			// A listing says when keys end; workerd's time is not the emulator's.
			envelope.path("result").forEach((entry) -> {
				if (entry instanceof ObjectNode key) {
					key.remove("expiration");
				}
			});
			return Map.of("success", envelope.path("success"), "result", envelope.path("result"), "codes",
					envelope.findValues("code"));
		}
		catch (JacksonException ex) {
			return text;
		}
	}

	@Override
	public String toString() {
		return "Meaning[" + this.status + ", " + this.value + "]";
	}

}
