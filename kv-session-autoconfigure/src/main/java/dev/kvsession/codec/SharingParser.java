package dev.kvsession.codec;

import java.util.HashMap;
import java.util.Map;

import tools.jackson.core.JsonParser;
import tools.jackson.core.util.JsonParserDelegate;

/**
 * Returns the same object for equal strings of one text: a login holds the user's
 * attributes several times. Confined to one text.
 */
final class SharingParser extends JsonParserDelegate {

	private final Map<String, String> strings = new HashMap<>();

	SharingParser(JsonParser parser) {
		super(parser);
	}

	@Override
	public String getString() {
		return shared(super.getString());
	}

	@Override
	public String getValueAsString() {
		return shared(super.getValueAsString());
	}

	@Override
	public String getValueAsString(String defaultValue) {
		return shared(super.getValueAsString(defaultValue));
	}

	private String shared(String string) {
		String known = this.strings.putIfAbsent(string, string);
		return (known != null) ? known : string;
	}

}
