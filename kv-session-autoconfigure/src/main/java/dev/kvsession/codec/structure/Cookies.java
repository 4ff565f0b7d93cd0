package dev.kvsession.codec.structure;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.servlet.http.Cookie;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.module.SimpleModule;

/**
 * Stores cookies with all attributes; Spring Security's mixin reads each as HttpOnly.
 * Loaded with the servlet API only.
 */
public final class Cookies extends SimpleModule {

	public Cookies() {
		setMixInAnnotation(Cookie.class, CookieMixin.class);
		addDeserializer(Cookie.class, Content.reader(Cookies::read));
	}

	private static Cookie read(JsonParser parser, DeserializationContext context) {
		JsonNode node = context.readTree(parser);
		Cookie cookie = new Cookie(node.path("name").asString(), node.path("value").asString(null));
		node.path("attributes").properties().forEach((attribute) -> {
			if (!attribute.getKey().startsWith("@")) {
				cookie.setAttribute(attribute.getKey(), attribute.getValue().asString());
			}
		});
		return cookie;
	}

	/* What a cookie says; inside, no attributes may be null or empty. */
	static List<@Nullable Object> fields(Object value) {
		Cookie cookie = (Cookie) value;
		return Arrays.asList(cookie.getName(), cookie.getValue(), Map.copyOf(cookie.getAttributes()));
	}

	@JsonAutoDetect(fieldVisibility = Visibility.NONE, getterVisibility = Visibility.NONE,
			isGetterVisibility = Visibility.NONE, setterVisibility = Visibility.NONE)
	abstract static class CookieMixin {

		@JsonProperty
		abstract String getName();

		@JsonProperty
		abstract String getValue();

		@JsonProperty
		abstract Map<String, String> getAttributes();

	}

}
