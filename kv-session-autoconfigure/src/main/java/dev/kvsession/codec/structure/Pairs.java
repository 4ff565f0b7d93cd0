package dev.kvsession.codec.structure;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A map's entries in the order of its text, without looking for equal keys. Confined to
 * one read.
 *
 * @param <K> the keys
 * @param <V> the values
 */
public final class Pairs<K, V> extends AbstractMap<K, V> {

	private final List<K> keys = new ArrayList<>();

	private final List<V> values = new ArrayList<>();

	@Override
	public @Nullable V put(K key, V value) {
		this.keys.add(key);
		this.values.add(value);
		return null;
	}

	public List<K> keys() {
		return this.keys;
	}

	public void addTo(Map<Object, Object> target) {
		for (int i = 0; i < this.keys.size(); i++) {
			target.put(this.keys.get(i), this.values.get(i));
		}
	}

	@Override
	public Set<Map.Entry<K, V>> entrySet() {
		throw new UnsupportedOperationException();
	}

}
