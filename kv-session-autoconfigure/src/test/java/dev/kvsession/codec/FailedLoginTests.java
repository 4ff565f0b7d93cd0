package dev.kvsession.codec;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.util.ClassUtils;

import dev.kvsession.codec.shop.ClosedShopException;
import dev.kvsession.codec.shop.Color;
import dev.kvsession.codec.shop.Holder;
import dev.kvsession.codec.shop.Item;
import dev.kvsession.codec.shop.Outcome;
import dev.kvsession.codec.shop.ShopException;
import dev.kvsession.codec.shop.ShopLoginException;
import dev.kvsession.codec.shop.UnknownShopperException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is stored of a failed login, whose exception holds the request with the password.
 */
class FailedLoginTests {

	private static final String PASSWORD = "s3cr3t-pw";

	private static final Authentication REQUEST = UsernamePasswordAuthenticationToken.unauthenticated("ada", PASSWORD);

	/**
	 * What no JSON carries, so that all of it goes by Java serialization if that is on.
	 */
	private static final Object NO_JSON = Map.of(new Item(1, "tea", null, Color.RED), 1);

	private final SessionCodec off = Records.codec(JdkFallback.OFF);

	private final SessionCodec on = Records.codec(JdkFallback.ON);

	static Stream<AuthenticationException> failures() throws Exception {
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
		scanner.addIncludeFilter(new AssignableTypeFilter(AuthenticationException.class));
		List<AuthenticationException> failures = new ArrayList<>();
		for (var found : scanner.findCandidateComponents("org.springframework.security")) {
			Class<?> type = ClassUtils.forName(found.getBeanClassName(), null);
			if (!Modifier.isAbstract(type.getModifiers())) {
				failures.add(failure(type));
			}
		}
		failures.addAll(List.of(new ShopLoginException("own", REQUEST), new ClosedShopException("closed", 18),
				new UnknownShopperException("ada"), new ForeignException(REQUEST, "no"),
				new ForeignException(REQUEST, null), new ShopLoginException(null), new LockedException(null),
				new BadCredentialsException(null), new OAuth2Refusal("denied"), new OAuth2Refusal(null),
				new OAuth2AuthenticationException(new ForeignError("code"))));
		failures.forEach((failure) -> failure.setAuthenticationRequest(REQUEST));
		return failures.stream();
	}

	private static AuthenticationException failure(Class<?> type) throws Exception {
		for (Constructor<?> constructor : type.getDeclaredConstructors()) {
			Object[] arguments = Arrays.stream(constructor.getParameterTypes())
				.map((parameter) -> argument(parameter))
				.toArray();
			if (!Arrays.asList(arguments).contains("?")) {
				constructor.setAccessible(true);
				return (AuthenticationException) constructor.newInstance(arguments);
			}
		}
		throw new IllegalStateException("how to make a " + type);
	}

	private static Object argument(Class<?> type) {
		if (type == String.class) {
			return "message";
		}
		if (type == OAuth2Error.class) {
			return new OAuth2Error("code", "description", "https://example.com/");
		}
		return (type.isAssignableFrom(IllegalStateException.class)) ? new IllegalStateException("cause") : "?";
	}

	@Test
	void findsTheFailuresOfSpringSecurity() throws Exception {
		assertThat(failures().map(Object::getClass)).hasSizeGreaterThan(25)
			.contains(BadCredentialsException.class, OAuth2AuthenticationException.class);
	}

	@ParameterizedTest
	@MethodSource("failures")
	@DisplayName("P12 of a failed login, only class and message are stored")
	void storesClassAndMessage(AuthenticationException failure) {
		for (SessionCodec codec : List.of(this.off, this.on)) {
			for (Function<Object, Object> shape : shapes()) {
				assertThat(found(through(codec, shape.apply(failure)))).isInstanceOf(AuthenticationException.class)
					.hasMessage(failure.getMessage())
					.hasNoCause()
					.hasNoSuppressedExceptions()
					.extracting((back) -> ((AuthenticationException) back).getAuthenticationRequest())
					.isNull();
			}
		}
	}

	private static List<Function<Object, Object>> shapes() {
		return List.of((failure) -> failure, List::of, (failure) -> Map.of("a", failure),
				(failure) -> new Holder(failure, "x"), (failure) -> new Holder("x", (AuthenticationException) failure),
				(failure) -> new Object[] { failure }, FailedLoginTests::outcome,
				(failure) -> List.of(Map.of("a", new Holder(failure, null))));
	}

	private static Object outcome(Object failure) {
		AuthenticationException declared = (AuthenticationException) failure;
		return new Outcome(declared, declared, declared);
	}

	@ParameterizedTest
	@MethodSource("failures")
	@DisplayName("P12 Java serialization stores no more of a failed login than JSON")
	void storesNoMoreByJavaSerialization(AuthenticationException failure) {
		for (Function<Object, Object> shape : shapes()) {
			List<?> back = (List<?>) through(this.on, List.of(NO_JSON, shape.apply(failure)));
			assertThat(found(back.get(1))).isInstanceOf(AuthenticationException.class).hasMessage(failure.getMessage());
		}
	}

	@ParameterizedTest
	@MethodSource("failures")
	@DisplayName("P12 a failed login inside another exception shows no password")
	void storesNoPasswordInsideOtherExceptions(AuthenticationException failure) {
		ShopException outer = new ShopException("outer", failure, 5);
		outer.addSuppressed(failure);
		ShopException back = (ShopException) through(this.on, outer);
		assertThat(back).hasMessage("outer");
		assertThat(back.code()).isEqualTo(5);
		assertThat(back.getCause()).isInstanceOf(AuthenticationException.class).hasMessage(failure.getMessage());
		Exception[] others = { new InternalAuthenticationServiceException("outer", failure),
				new BadCredentialsException("outer", failure), new AccessDeniedException("outer", failure),
				new OAuth2AuthenticationException(new OAuth2Error("code"), "outer", failure) };
		for (Exception other : others) {
			other.addSuppressed(failure);
			other.addSuppressed(outer);
			assertThat((Exception) through(this.off, other)).isInstanceOf(other.getClass()).hasMessage("outer");
			assertThat((List<?>) through(this.on, List.of(NO_JSON, other))).last().isInstanceOf(other.getClass());
		}
	}

	@ParameterizedTest
	@EnumSource(JdkFallback.class)
	void comesBackAsItsClassOrTheNearestThatIsKnown(JdkFallback fallback) {
		SessionCodec codec = Records.codec(fallback);
		assertThat(through(codec, new ShopLoginException("own"))).isExactlyInstanceOf(ShopLoginException.class);
		assertThat(through(codec, new ClosedShopException("own", 1))).isExactlyInstanceOf(LockedException.class);
		assertThat(through(codec, new ForeignBadCredentials("own"))).isExactlyInstanceOf(BadCredentialsException.class);
		assertThat(through(codec, new UnknownShopperException("ada"))).isInstanceOf(AuthenticationException.class)
			.extracting("message")
			.isEqualTo("Nobody is called ada");
		assertThat(through(codec, new LockedException("m"))).isExactlyInstanceOf(LockedException.class);
	}

	@ParameterizedTest
	@EnumSource(JdkFallback.class)
	void storesDeniedAccessAlike(JdkFallback fallback) {
		SessionCodec codec = Records.codec(fallback);
		AccessDeniedException denied = new AccessDeniedException(null, new BadCredentialsException(PASSWORD));
		assertThat(through(codec, denied)).isExactlyInstanceOf(AccessDeniedException.class)
			.extracting("message", "cause")
			.containsOnlyNulls();
		AuthorizationDecision result = new AuthorizationDecision(false);
		assertThat(through(codec, new AuthorizationDeniedException("no", result)))
			.isExactlyInstanceOf(AuthorizationDeniedException.class)
			.extracting("message")
			.isEqualTo("no");
	}

	@ParameterizedTest
	@EnumSource(JdkFallback.class)
	void keepsTheErrorOfOAuth2(JdkFallback fallback) {
		OAuth2Error error = new OAuth2Error("access_denied", "The user said no", "https://example.com/x");
		for (Exception denied : List.of(new OAuth2AuthenticationException(error, "denied"),
				new OAuth2Refusal("denied", error))) {
			assertThat(through(Records.codec(fallback), denied))
				.isExactlyInstanceOf(OAuth2AuthenticationException.class)
				.extracting("error.errorCode", "error.description", "error.uri", "message")
				.containsExactly("access_denied", "The user said no", "https://example.com/x", "denied");
		}
		List<?> mixed = (List<?>) through(this.on,
				List.of(NO_JSON, new OAuth2AuthenticationException(error, "denied")));
		assertThat(mixed.get(1)).extracting("error.errorCode").isEqualTo("access_denied");
	}

	@Test
	void settingItAgainChangesNothing() {
		StoredAttribute stored = this.off.encodeAttribute("a", new ForeignException(REQUEST, "no"), Records.AT);
		assertThat(this.off.isStored("a", new ForeignException(REQUEST, "no"), stored)).isTrue();
		assertThat(this.off.isStored("a", new ForeignException(REQUEST, "yes"), stored)).isFalse();
		assertThat(this.off.isStored("a", new LockedException("no"), stored)).isFalse();
	}

	private static Object through(SessionCodec codec, Object value) {
		StoredAttribute stored = codec.encodeAttribute("a", value, Records.AT);
		String text = stored.raw();
		if (stored.format().equals("jdk")) {
			byte[] bytes = Base64.getDecoder().decode(text.substring(1, text.length() - 1));
			text = new String(bytes, StandardCharsets.ISO_8859_1);
		}
		assertThat(text).doesNotContain(PASSWORD).doesNotContain("authenticationRequest");
		return codec.decodeAttribute("a", stored);
	}

	/**
	 * The exception somewhere in a value.
	 */
	private static Throwable found(Object value) {
		if (value instanceof List<?> list) {
			return found(list.get(0));
		}
		if (value instanceof Map<?, ?> map) {
			return found(map.values().iterator().next());
		}
		if (value instanceof Object[] array) {
			return found(array[0]);
		}
		if (value instanceof Holder holder) {
			return found((holder.content() instanceof String) ? holder.other() : holder.content());
		}
		return (value instanceof Outcome outcome) ? found(outcome.first()) : (Throwable) value;
	}

	/**
	 * In no trusted package, and without a constructor that takes a message alone.
	 */
	static final class ForeignException extends AuthenticationException {

		private final Authentication attempt;

		ForeignException(Authentication attempt, String message) {
			super(message, new IllegalStateException(PASSWORD));
			this.attempt = attempt;
		}

		Authentication attempt() {
			return this.attempt;
		}

	}

	static final class ForeignBadCredentials extends BadCredentialsException {

		ForeignBadCredentials(String message) {
			super(message);
		}

	}

	static final class OAuth2Refusal extends OAuth2AuthenticationException {

		OAuth2Refusal(String message) {
			this(message, new OAuth2Error("refused"));
		}

		OAuth2Refusal(String message, OAuth2Error error) {
			super(error, message);
		}

	}

	static final class ForeignError extends OAuth2Error {

		ForeignError(String code) {
			super(code);
		}

	}

}
