package dev.kvsession.codec.shop;

import java.io.Serializable;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * An entity whose annotations, made for a web page, keep a part out of JSON. Java
 * serialization carries it.
 */
public class Account implements Serializable {

	private static final long serialVersionUID = 1L;

	private long id;

	@JsonIgnore
	private String owner;

	Account() {
	}

	public Account(long id, String owner) {
		this.id = id;
		this.owner = owner;
	}

	public String owner() {
		return this.owner;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Account account && account.id == this.id;
	}

	@Override
	public int hashCode() {
		return Long.hashCode(this.id);
	}

}
