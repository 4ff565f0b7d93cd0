package dev.kvsession.codec.shop;

import java.io.Serializable;

/**
 * What Kotlin makes of {@code object Nowhere}.
 */
public final class Nowhere implements Serializable {

	public static final Nowhere INSTANCE = new Nowhere();

	private static final long serialVersionUID = 1L;

	private Nowhere() {
	}

}
