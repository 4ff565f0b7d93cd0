package dev.kvsession.autoconfigure.server;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;

/**
 * Who is logged in.
 */
public final class Logins {

	private Logins() {
	}

	public static SecurityContext of(String name) {
		return new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(name, null,
				AuthorityUtils.createAuthorityList("ROLE_USER")));
	}

	public static String nameOf(Object securityContext) {
		return ((SecurityContext) securityContext).getAuthentication().getName();
	}

}
