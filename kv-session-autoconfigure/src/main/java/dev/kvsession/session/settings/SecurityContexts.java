package dev.kvsession.session.settings;

import java.security.Principal;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.util.ClassUtils;

/**
 * Finds the user in Spring Security's session attribute; nobody without Spring Security.
 */
public final class SecurityContexts {

	/**
	 * Source: {@code HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY},
	 * repeated here because Spring Security may be absent.
	 */
	public static final String ATTRIBUTE = "SPRING_SECURITY_CONTEXT";

	private static final boolean PRESENT = ClassUtils.isPresent(
			"org.springframework.security.core.context.SecurityContext", SecurityContexts.class.getClassLoader());

	private SecurityContexts() {
	}

	public static @Nullable Principal authentication(Object attribute) {
		return PRESENT ? Present.authentication(attribute) : null;
	}

	/** Loaded only if Spring Security is present. */
	private static final class Present {

		// Whom Spring Security itself would let in. Anonymous users are authenticated,
		// too.
		private static @Nullable Principal authentication(Object attribute) {
			Authentication user = (attribute instanceof SecurityContext context) ? context.getAuthentication() : null;
			boolean known = user != null && user.isAuthenticated() && !(user instanceof AnonymousAuthenticationToken);
			return known ? user : null;
		}

	}

}
