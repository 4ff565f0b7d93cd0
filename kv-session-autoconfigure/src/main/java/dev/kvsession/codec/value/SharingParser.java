package dev.kvsession.codec.value;

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
		String string = super.getString();
		String known = this.strings.putIfAbsent(string, string);
		return (known != null) ? known : string;
	}

}
