package dev.kvsession.codec.security;

import java.util.ArrayList;
import java.util.Objects;
import java.util.Set;

import org.springframework.security.oauth2.core.user.OAuth2UserAuthority;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Makes the principal and its authentication share equal authorities again, which hold
 * all attributes of the user, if nothing in them can change. Loaded with OAuth2 only.
 */
final class SharedAuthorities extends SimpleModule {

	private static final Set<Class<?>> IMMUTABLE = Set.of(String.class, Boolean.class, Integer.class, Long.class,
			Double.class);

	SharedAuthorities() {
		setDeserializerModifier(new Modifier());
	}

	private static boolean isImmutable(OAuth2UserAuthority authority) {
		for (Object value : authority.getAttributes().values()) {
			if (value != null && !IMMUTABLE.contains(value.getClass())) {
				return false;
			}
		}
		return true;
	}

	/* The order of the attributes counts, too. */
	private static boolean isSame(OAuth2UserAuthority one, OAuth2UserAuthority other) {
		return one.equals(other) && Objects.equals(one.getUserNameAttributeName(), other.getUserNameAttributeName())
				&& new ArrayList<>(one.getAttributes().keySet())
					.equals(new ArrayList<>(other.getAttributes().keySet()));
	}

	private static final class Modifier extends ValueDeserializerModifier {

		@Override
		public ValueDeserializer<?> modifyDeserializer(DeserializationConfig config, BeanDescription.Supplier bean,
				ValueDeserializer<?> deserializer) {
			return (bean.getBeanClass() == OAuth2UserAuthority.class) ? new Reader(deserializer) : deserializer;
		}

	}

	private static final class Reader extends DelegatingDeserializer {

		Reader(ValueDeserializer<?> deserializer) {
			super(deserializer);
		}

		@Override
		protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> deserializer) {
			return new Reader(deserializer);
		}

		@Override
		public Object deserialize(JsonParser parser, DeserializationContext context) {
			OAuth2UserAuthority read = (OAuth2UserAuthority) super.deserialize(parser, context);
			if (context.getAttribute(Reader.class) instanceof OAuth2UserAuthority known && isSame(known, read)) {
				return known;
			}
			if (isImmutable(read)) {
				context.setAttribute(Reader.class, read);
			}
			return read;
		}

	}

}
