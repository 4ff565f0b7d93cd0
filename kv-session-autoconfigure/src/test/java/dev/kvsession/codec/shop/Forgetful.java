package dev.kvsession.codec.shop;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * An entity that neither JSON nor Java serialization carries whole. All of them are
 * equal.
 */
public class Forgetful implements Serializable {

	private static final long serialVersionUID = 1L;

	private long id = 1;

	@JsonIgnore
	private String part;

	Forgetful() {
	}

	public Forgetful(String part) {
		this.part = part;
	}

	public String part() {
		return this.part;
	}

	private void writeObject(ObjectOutputStream out) throws IOException {
		out.writeLong(this.id);
	}

	private void readObject(ObjectInputStream in) throws IOException {
		this.id = in.readLong();
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Forgetful entity && entity.id == this.id;
	}

	@Override
	public int hashCode() {
		return Long.hashCode(this.id);
	}

}
