package dev.kvsession.codec.shop;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * What cannot leave the place where it was written.
 */
public final class Bound {

	private Bound() {
	}

	public static Map<String, String> braces(String value) {
		return new HashMap<>() {
			{
				put("a", value);
			}
		};
	}

	public static Serializable later(String value) {
		return (Runnable & Serializable) value::strip;
	}

}
