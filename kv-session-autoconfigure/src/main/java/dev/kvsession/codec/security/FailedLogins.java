package dev.kvsession.codec.security;

import java.lang.reflect.Constructor;
import java.net.URI;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;

import dev.kvsession.codec.structure.Content;
import dev.kvsession.codec.structure.FormModule;
import dev.kvsession.codec.trust.SecurityTypes;
import dev.kvsession.codec.trust.TrustedTypes;

/**
 * Stores the exception of a failed login as its class and message, because its fields
 * hold the request with the password. The nearest superclass replaces a class that is not
 * trusted or does not restore the message. Loaded with Spring Security only.
 */
final class FailedLogins extends FormModule {

	private static final String MESSAGE = "message";

	private final transient TrustedTypes trusted;

	FailedLogins(TrustedTypes trusted) {
		this.trusted = trusted;
	}

	/*
	 * Exceptions that only Spring Security's modules know, such as SAML's, are left to
	 * them.
	 */
	@Override
	protected @Nullable ValueSerializer<?> writer(Class<?> type, SerializationConfig config) {
		boolean others = config.findMixInClassFor(type) != null && !SecurityTypes.NAMES.contains(type.getName());
		return (SecurityTypes.isMessageOnly(type) && !others) ? new Writer() : null;
	}

	@Override
	protected @Nullable ValueDeserializer<?> reader(Class<?> type) {
		return (SecurityTypes.isMessageOnly(type) && this.trusted.isTrusted(type.getName()))
				? Content.reader((parser, context) -> read(type, parser, context)) : null;
	}

	private static void write(Throwable stored, JsonGenerator generator, SerializationContext context) {
		if (isOAuth2(stored.getClass())) {
			OAuth2.write(stored, generator);
		}
		else {
			generator.writeStringProperty(MESSAGE, stored.getMessage());
		}
	}

	private Throwable read(Class<?> type, JsonParser parser, DeserializationContext context) {
		JsonNode node = context.readTree(parser);
		Throwable failure = isOAuth2(type) ? OAuth2.read(node) : make(type, node.path(MESSAGE).asString(null));
		return (failure != null) ? failure : context.reportInputMismatch(type, "cannot be made of a message alone");
	}

	private Throwable stored(Throwable failure) {
		Class<?> type = failure.getClass();
		while (SecurityTypes.isMessageOnly(type)) {
			Throwable stored = isOAuth2(type) ? OAuth2.copy(failure) : make(type, failure.getMessage());
			if (stored != null && isSame(stored, failure)) {
				return stored;
			}
			type = type.getSuperclass();
		}
		return Objects.requireNonNull(make(AuthenticationServiceException.class, failure.getMessage()));
	}

	private static boolean isOAuth2(Class<?> type) {
		return type.getName().equals(SecurityTypes.OAUTH2_EXCEPTION);
	}

	private static boolean isSame(Throwable stored, Throwable failure) {
		return Objects.equals(stored.getMessage(), failure.getMessage())
				&& (!SecurityTypes.isOAuth2(failure.getClass()) || OAuth2.isSameError(stored, failure));
	}

	private @Nullable Throwable make(Class<?> type, @Nullable String message) {
		if (!this.trusted.isTrusted(type.getName())) {
			return null;
		}
		try {
			Constructor<?> constructor = type.getDeclaredConstructor(String.class);
			return (Throwable) BeanUtils.instantiateClass(constructor, message);
		}
		catch (NoSuchMethodException | RuntimeException | LinkageError ex) {
			return null;
		}
	}

	private final class Writer extends Content.Writer<Throwable> {

		private Writer() {
			super(Throwable.class, JsonToken.START_OBJECT, FailedLogins::write);
		}

		@Override
		protected Throwable stored(Throwable failure) {
			return FailedLogins.this.stored(failure);
		}

	}

	/**
	 * Adds OAuth2's error, in the form of Spring Security's module. Loaded with OAuth2
	 * only.
	 */
	private static final class OAuth2 {

		private static final String ERROR = "error";

		private static final String CODE = "errorCode";

		private static final String DESCRIPTION = "description";

		private static final String URI = "uri";

		private static final String DETAIL = "detailMessage";

		private static Throwable copy(Throwable failure) {
			OAuth2Error error = error(failure);
			return new OAuth2AuthenticationException(
					new OAuth2Error(error.getErrorCode(), error.getDescription(), error.getUri()),
					failure.getMessage());
		}

		private static OAuth2Error error(Throwable failure) {
			return ((OAuth2AuthenticationException) failure).getError();
		}

		private static boolean isSameError(Throwable stored, Throwable failure) {
			return error(stored).getErrorCode().equals(error(failure).getErrorCode())
					&& Objects.equals(error(stored).getDescription(), error(failure).getDescription())
					&& Objects.equals(error(stored).getUri(), error(failure).getUri());
		}

		private static void write(Throwable stored, JsonGenerator generator) {
			OAuth2Error error = error(stored);
			generator.writeObjectPropertyStart(ERROR);
			generator.writeStringProperty(CODE, error.getErrorCode());
			generator.writeStringProperty(DESCRIPTION, error.getDescription());
			generator.writeStringProperty(URI, error.getUri());
			generator.writeEndObject();
			generator.writeStringProperty(DETAIL, stored.getMessage());
		}

		private static Throwable read(JsonNode node) {
			JsonNode error = node.path(ERROR);
			return new OAuth2AuthenticationException(new OAuth2Error(error.path(CODE).asString(),
					error.path(DESCRIPTION).asString(null), error.path(URI).asString(null)),
					node.path(DETAIL).asString(null));
		}

	}

}
