package dev.kvsession.codec.shop;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/**
 * A failed login of the application's own, that knows more than Spring Security's.
 */
public class ShopLoginException extends AuthenticationException {

	private static final long serialVersionUID = 1L;

	private final Authentication attempt;

	public ShopLoginException(String message) {
		this(message, null);
	}

	public ShopLoginException(String message, Authentication attempt) {
		super(message);
		this.attempt = attempt;
	}

	public Authentication attempt() {
		return this.attempt;
	}

}
