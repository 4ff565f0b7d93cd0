package dev.kvsession.codec.shop;

import java.util.Collection;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;

/**
 * A login of the application's own kind.
 */
public class ShopLogin extends AbstractAuthenticationToken {

	private static final long serialVersionUID = 1L;

	private final Object shopper;

	public ShopLogin(Object shopper, Collection<? extends GrantedAuthority> authorities) {
		super(authorities);
		this.shopper = shopper;
		setAuthenticated(true);
	}

	@Override
	public Object getCredentials() {
		return "";
	}

	@Override
	public Object getPrincipal() {
		return this.shopper;
	}

}
