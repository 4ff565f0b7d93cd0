package dev.kvsession.codec.shop;

import java.util.Collection;
import java.util.Map;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.user.DefaultOAuth2User;

/**
 * A principal of OAuth2 with a field of its own.
 */
public class SocialShopper extends DefaultOAuth2User {

	private static final long serialVersionUID = 1L;

	private final Item favourite;

	public SocialShopper(Collection<? extends GrantedAuthority> authorities, Map<String, Object> attributes,
			Item favourite) {
		super(authorities, attributes, "login");
		this.favourite = favourite;
	}

	public Item getFavourite() {
		return this.favourite;
	}

}
