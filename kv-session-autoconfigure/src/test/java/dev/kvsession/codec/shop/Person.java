package dev.kvsession.codec.shop;

import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;

/**
 * Knows others, who may know it. Each is equal to itself alone.
 */
public class Person implements Serializable {

	private static final long serialVersionUID = 1L;

	private final String name;

	private final Set<Person> friends = new HashSet<>();

	public Person(String name) {
		this.name = name;
	}

	public Person knows(Person... others) {
		this.friends.addAll(Set.of(others));
		return this;
	}

	public String name() {
		return this.name;
	}

}
