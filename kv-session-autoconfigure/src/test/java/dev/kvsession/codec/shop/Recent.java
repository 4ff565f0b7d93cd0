package dev.kvsession.codec.shop;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The pages looked at last.
 */
public class Recent extends LinkedHashMap<String, Integer> {

	private static final long serialVersionUID = 1L;

	private static final int MAX = 3;

	public Recent() {
		super(MAX, 1, true);
	}

	@Override
	protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
		return size() > MAX;
	}

}
