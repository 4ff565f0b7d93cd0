package dev.kvsession.codec.trust;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Types of Spring Security and Spring MVC that are missing from Spring Security's allow
 * list. By name, because each may be absent.
 */
public final class SecurityTypes {

	/** Stored as their message. */
	static final List<String> EXCEPTIONS = List.of("org.springframework.security.access.AccessDeniedException",
			"org.springframework.security.authentication.AccountExpiredException",
			"org.springframework.security.authentication.AuthenticationCredentialsNotFoundException",
			"org.springframework.security.authentication.AuthenticationServiceException",
			"org.springframework.security.authentication.BadCredentialsException",
			"org.springframework.security.authentication.CredentialsExpiredException",
			"org.springframework.security.authentication.DisabledException",
			"org.springframework.security.authentication.InsufficientAuthenticationException",
			"org.springframework.security.authentication.InternalAuthenticationServiceException",
			"org.springframework.security.authentication.LockedException",
			"org.springframework.security.authentication.ProviderNotFoundException",
			"org.springframework.security.authentication.ott.InvalidOneTimeTokenException",
			"org.springframework.security.authentication.password.CompromisedPasswordException",
			"org.springframework.security.authorization.AuthorizationDeniedException",
			"org.springframework.security.core.userdetails.UsernameNotFoundException",
			"org.springframework.security.web.authentication.preauth.PreAuthenticatedCredentialsNotFoundException",
			"org.springframework.security.web.authentication.rememberme.CookieTheftException",
			"org.springframework.security.web.authentication.rememberme.InvalidCookieException",
			"org.springframework.security.web.authentication.rememberme.RememberMeAuthenticationException",
			"org.springframework.security.web.authentication.session.SessionAuthenticationException",
			"org.springframework.security.web.authentication.www.NonceExpiredException");

	private static final String FAILED_LOGIN = "org.springframework.security.core.AuthenticationException";

	/** Stored with its error, as Spring Security does. */
	public static final String OAUTH2_EXCEPTION = "org.springframework.security.oauth2.core.OAuth2AuthenticationException";

	public static final String SAVED_REQUEST = "org.springframework.security.web.savedrequest.SimpleSavedRequest";

	public static final String PRE_AUTHENTICATED = "org.springframework.security.web.authentication.preauth."
			+ "PreAuthenticatedAuthenticationToken";

	public static final String PASSWORD_LOGIN = "org.springframework.security.authentication."
			+ "UsernamePasswordAuthenticationToken";

	public static final String ONE_TIME_TOKEN = "org.springframework.security.authentication.ott.DefaultOneTimeToken";

	public static final String JWT = "org.springframework.security.oauth2.jwt.Jwt";

	public static final String PRINCIPAL = "org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal";

	public static final String COOKIE = "jakarta.servlet.http.Cookie";

	public static final String FLASH_MAP = "org.springframework.web.servlet.FlashMap";

	/** What a passkey login or registration keeps until the browser answers. */
	private static final List<String> WEB_AUTHN = List.of("PublicKeyCredentialRequestOptions",
			"PublicKeyCredentialCreationOptions", "ImmutableAuthenticationExtensionsClientInputs",
			"ImmutableAuthenticationExtensionsClientInput", "CredProtectAuthenticationExtensionsClientInput",
			"CredProtectAuthenticationExtensionsClientInput$CredProtect");

	/** Logins of API clients, of which Spring Security has no JSON. */
	public static final Set<String> BY_FIELDS = Set.of(
			"org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken",
			"org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthentication",
			"org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken",
			"org.springframework.security.oauth2.server.resource.introspection.OAuth2IntrospectionAuthenticatedPrincipal");

	/** Outcomes of a form's binding. */
	public static final Set<String> BINDING_RESULTS = Set.of("org.springframework.validation.BeanPropertyBindingResult",
			"org.springframework.validation.DirectFieldBindingResult",
			"org.springframework.validation.MapBindingResult");

	public static final Set<String> NAMES = names();

	private SecurityTypes() {
	}

	/* Whether only an exception's class, message and OAuth2 error are stored. */
	public static boolean isMessageOnly(Class<?> type) {
		return isFailedLogin(type) || EXCEPTIONS.contains(type.getName());
	}

	public static boolean isFailedLogin(Class<?> type) {
		return isBelow(type, FAILED_LOGIN) && !type.getName().equals(FAILED_LOGIN);
	}

	public static boolean isOAuth2(Class<?> type) {
		return isBelow(type, OAUTH2_EXCEPTION);
	}

	private static boolean isBelow(Class<?> type, String superclass) {
		Class<?> c = type;
		while (c != null && !c.getName().equals(superclass)) {
			c = c.getSuperclass();
		}
		return c != null;
	}

	private static Set<String> names() {
		Set<String> names = new HashSet<>(EXCEPTIONS);
		names.addAll(BY_FIELDS);
		names.addAll(BINDING_RESULTS);
		names.addAll(List.of(OAUTH2_EXCEPTION, SAVED_REQUEST, ONE_TIME_TOKEN, JWT, PRINCIPAL, FLASH_MAP, COOKIE));
		WEB_AUTHN.forEach((name) -> names.add("org.springframework.security.web.webauthn.api." + name));
		return Set.copyOf(names);
	}

}
