package dev.kvsession.codec.shop;

import java.util.List;

import org.springframework.security.core.userdetails.User;

/**
 * A principal with a constructor without arguments, and with a field that has the name of
 * one that it inherits.
 */
public class Member extends User {

	private static final long serialVersionUID = 1L;

	private String username = "none";

	private transient String cache = "made";

	Member() {
		super("nobody", "", List.of());
	}

	public Member(String login, String username) {
		super(login, "", false, true, false, true, List.of());
		this.username = username;
	}

	public String display() {
		return this.username + " " + getUsername() + " " + this.cache;
	}

}
