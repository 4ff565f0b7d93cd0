package dev.kvsession.codec.security;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.util.ClassUtils;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.module.SimpleModule;

import dev.kvsession.codec.structure.Content;
import dev.kvsession.codec.trust.SecurityTypes;

/**
 * Stores Spring MVC's {@code FlashMap} with its target and expiry, which Jackson's form
 * of a map loses. Uses its public properties, because Spring MVC may be absent.
 */
public final class FlashMaps {

	private static final String ATTRIBUTES = "attributes";

	private static final String PATH = "targetRequestPath";

	private static final String PARAMETERS = "targetRequestParams";

	private static final String EXPIRATION = "expirationTime";

	private FlashMaps() {
	}

	public static void register(SimpleModule module, ClassLoader loader) {
		if (ClassUtils.isPresent(SecurityTypes.FLASH_MAP, loader)) {
			register(module, ClassUtils.resolveClassName(SecurityTypes.FLASH_MAP, loader));
		}
	}

	private static <T> void register(SimpleModule module, Class<T> type) {
		module.addSerializer(new Content.Writer<>(type, JsonToken.START_OBJECT, FlashMaps::write));
		module.addDeserializer(type,
				Content.reader((parser, context) -> make(type, Content.readFields(parser, context))));
	}

	private static void write(Object value, JsonGenerator generator, SerializationContext context) {
		BeanWrapper flash = PropertyAccessorFactory.forBeanPropertyAccess(value);
		generator.writePOJOProperty(ATTRIBUTES, new LinkedHashMap<>((Map<?, ?>) value));
		generator.writePOJOProperty(PATH, flash.getPropertyValue(PATH));
		generator.writePOJOProperty(PARAMETERS, flash.getPropertyValue(PARAMETERS));
		generator.writePOJOProperty(EXPIRATION, flash.getPropertyValue(EXPIRATION));
	}

	private static <T> T make(Class<T> type, Map<String, @Nullable Object> properties) {
		T value = BeanUtils.instantiateClass(type);
		BeanWrapper flash = PropertyAccessorFactory.forBeanPropertyAccess(value);
		putAll(value, properties.get(ATTRIBUTES));
		putAll(flash.getPropertyValue(PARAMETERS), properties.get(PARAMETERS));
		flash.setPropertyValue(PATH, properties.get(PATH));
		flash.setPropertyValue(EXPIRATION, properties.getOrDefault(EXPIRATION, 0));
		return value;
	}

	@SuppressWarnings("unchecked")
	private static void putAll(@Nullable Object target, @Nullable Object entries) {
		if (target instanceof Map<?, ?> map && entries instanceof Map<?, ?> read) {
			((Map<Object, Object>) map).putAll(read);
		}
	}

}
