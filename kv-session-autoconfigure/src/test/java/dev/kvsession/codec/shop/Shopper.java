package dev.kvsession.codec.shop;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.User;

/**
 * The commonest own principal: Spring Security's, with a few fields more.
 */
public class Shopper extends User {

	private static final long serialVersionUID = 1L;

	private final Long id;

	private final String email;

	private final BigDecimal credit;

	private final List<Item> favourites;

	private int visits;

	public Shopper(Long key, String name, Collection<? extends GrantedAuthority> authorities, Item favourite) {
		super(name, "{noop}secret", authorities);
		this.id = key;
		this.email = name + "@example.com";
		this.credit = new BigDecimal("19.90");
		this.favourites = List.of(favourite);
	}

	public Shopper visit() {
		this.visits++;
		return this;
	}

	public String getEmail() {
		throw new IllegalStateException("not to be called");
	}

}
