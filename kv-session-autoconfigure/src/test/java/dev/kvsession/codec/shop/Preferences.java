package dev.kvsession.codec.shop;

import java.util.HashMap;

/**
 * A map with a field of its own, which JSON would lose.
 */
public class Preferences extends HashMap<String, String> {

	private static final long serialVersionUID = 1L;

	private String theme = "light";

	public Preferences theme(String theme) {
		this.theme = theme;
		return this;
	}

	public String theme() {
		return this.theme;
	}

}
