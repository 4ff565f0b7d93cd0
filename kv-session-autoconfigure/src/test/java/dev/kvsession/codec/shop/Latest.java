package dev.kvsession.codec.shop;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Holds what several threads of a request replace.
 */
public class Latest {

	private final AtomicReference<Object> content = new AtomicReference<>();

	private final AtomicReference<Account> account = new AtomicReference<>();

	Latest() {
	}

	public Latest(Object content, Account account) {
		this.content.set(content);
		this.account.set(account);
	}

}
