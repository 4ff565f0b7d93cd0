package dev.kvsession.codec.value;

import java.io.StringWriter;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;

import dev.kvsession.codec.structure.Content;

/**
 * Map keys as JSON. A key may hold maps whose keys hold maps in turn, and each time the
 * text between them is escaped again, so that it grows without measure: only a few levels
 * are written or read.
 */
final class KeyText {

	private static final int MAX_LEVELS = 4;

	private static final JsonFactory JSON = AttributeMapper.factory();

	private KeyText() {
	}

	static String write(@Nullable Object key, SerializationContext context) {
		return within(context, () -> {
			StringWriter text = new StringWriter();
			try (JsonGenerator generator = JSON.createGenerator(context, text)) {
				Content.write(key, generator, context);
			}
			return text.toString();
		});
	}

	static @Nullable Object read(String text, DeserializationContext context) {
		return within(context, () -> {
			try (JsonParser parser = JSON.createParser(context, text)) {
				parser.nextToken();
				return Content.read(parser, context);
			}
		});
	}

	private static <T extends @Nullable Object> T within(DatabindContext context, Supplier<T> work) {
		int level = (context.getAttribute(KeyText.class) instanceof Integer outer) ? outer + 1 : 1;
		if (level > MAX_LEVELS) {
			throw new IllegalArgumentException("keys are nested in keys too deeply");
		}
		context.setAttribute(KeyText.class, level);
		try {
			return work.get();
		}
		finally {
			context.setAttribute(KeyText.class, level - 1);
		}
	}

}
