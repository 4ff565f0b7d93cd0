package dev.kvsession.codec.shop;

import java.util.Collection;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;

/**
 * A principal of OpenID Connect with a field of its own.
 */
public class OidcShopper extends DefaultOidcUser {

	private static final long serialVersionUID = 1L;

	private final long id;

	public OidcShopper(Collection<? extends GrantedAuthority> authorities, OidcIdToken token, OidcUserInfo info,
			long id) {
		super(authorities, token, info);
		this.id = id;
	}

	public long getId() {
		return this.id;
	}

}
