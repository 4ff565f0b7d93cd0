package dev.kvsession.codec.shop;

import java.io.Serializable;
import java.util.Comparator;

/**
 * A comparator with state, and without equals.
 */
public class Backwards implements Comparator<String>, Serializable {

	private static final long serialVersionUID = 1L;

	private final boolean ignoreCase;

	public Backwards(boolean ignoreCase) {
		this.ignoreCase = ignoreCase;
	}

	@Override
	public int compare(String left, String right) {
		return this.ignoreCase ? right.compareToIgnoreCase(left) : right.compareTo(left);
	}

}
