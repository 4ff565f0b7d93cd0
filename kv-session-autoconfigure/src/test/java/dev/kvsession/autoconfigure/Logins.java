package dev.kvsession.autoconfigure;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;

/**
 * Who is logged in.
 */
final class Logins {

	private Logins() {
	}

	static SecurityContext of(String name) {
		return new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(name, null,
				AuthorityUtils.createAuthorityList("ROLE_USER")));
	}

	static String nameOf(Object securityContext) {
		return ((SecurityContext) securityContext).getAuthentication().getName();
	}

}
