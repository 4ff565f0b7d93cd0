package dev.kvsession.codec.shop;

import java.io.Serializable;

/**
 * Equal to each customer of the same id, as entities are.
 */
public class Customer implements Serializable {

	private static final long serialVersionUID = 1L;

	private long id;

	private String name;

	Customer() {
	}

	public Customer(long id, String name) {
		this.id = id;
		this.name = name;
	}

	public String name() {
		return this.name;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Customer customer && customer.id == this.id;
	}

	@Override
	public int hashCode() {
		return Long.hashCode(this.id);
	}

}
