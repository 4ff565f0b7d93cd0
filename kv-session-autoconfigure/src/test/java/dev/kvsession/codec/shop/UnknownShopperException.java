package dev.kvsession.codec.shop;

import org.springframework.security.core.AuthenticationException;

/**
 * Its constructor takes a name, not a message.
 */
public class UnknownShopperException extends AuthenticationException {

	private static final long serialVersionUID = 1L;

	public UnknownShopperException(String name) {
		super("Nobody is called " + name.strip());
	}

}
