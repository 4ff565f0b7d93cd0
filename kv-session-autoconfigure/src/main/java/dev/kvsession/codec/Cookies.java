package dev.kvsession.codec;

import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.servlet.http.Cookie;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.module.SimpleModule;

/**
 * Stores cookies, which saved requests hold, with all their attributes. Instead of Spring
 * Security's own mixin, which reads each cookie as HttpOnly. Loaded with the servlet API
 * only.
 */
final class Cookies extends SimpleModule {

	private static final long serialVersionUID = 1L;

	private static final String ATTRIBUTES = "attributes";

	Cookies() {
		super(Cookies.class.getName());
		setMixInAnnotation(Cookie.class, CookieMixin.class);
	}

	/*
	 * Compares cookies by what they say; inside, no attributes may be null or empty.
	 */
	static boolean same(Object written, Object read) {
		Cookie cookie = (Cookie) written;
		Cookie other = (Cookie) read;
		return cookie.getName().equals(other.getName()) && Objects.equals(cookie.getValue(), other.getValue())
				&& cookie.getAttributes().equals(other.getAttributes());
	}

	@JsonDeserialize(using = Reader.class)
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

	static final class Reader extends ValueDeserializer<Cookie> {

		@Override
		public Cookie deserialize(JsonParser parser, DeserializationContext context) {
			JsonNode node = context.readTree(parser);
			Cookie cookie = new Cookie(node.path("name").asString(), node.path("value").asString(null));
			for (Map.Entry<String, JsonNode> attribute : node.path(ATTRIBUTES).properties()) {
				if (!attribute.getKey().startsWith("@")) {
					cookie.setAttribute(attribute.getKey(), attribute.getValue().asString());
				}
			}
			return cookie;
		}

	}

}
