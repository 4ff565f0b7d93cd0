package dev.kvsession.session.settings;

import java.security.Principal;
import java.util.Map;

/**
 * Supplies the claims of a record: what it says about its user at its top level, where
 * readers at the edge find it without Spring. A bean of this type replaces the default.
 * Implementations are safe for concurrent use and do no I/O.
 */
@FunctionalInterface
public interface SessionClaims {

	/**
	 * Returns the claims of a login. Called when the session's security context is
	 * written, unless its user is anonymous or not (or not yet wholly) authenticated:
	 * such a session has no claims.
	 * @param authentication who logged in, with Spring Security an
	 * {@code org.springframework.security.core.Authentication}
	 * @return the claims by name: JSON scalars, lists and maps; no reserved name such as
	 * {@code expiresAt}. Whoever can read the namespace can read them. Readers at the
	 * edge take {@code userId} only as text.
	 */
	Map<String, Object> claims(Principal authentication);

}
