package dev.kvsession.codec.shop;

import java.io.Serializable;

/**
 * An entity as they are recommended: one hash code for all, since the id comes late.
 */
public class Entity implements Serializable {

	private static final long serialVersionUID = 1L;

	private Integer id;

	private String name;

	Entity() {
	}

	public Entity(Integer id, String name) {
		this.id = id;
		this.name = name;
	}

	public String name() {
		return this.name;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Entity entity && this.id != null && this.id.equals(entity.id);
	}

	@Override
	public int hashCode() {
		return Entity.class.hashCode();
	}

}
