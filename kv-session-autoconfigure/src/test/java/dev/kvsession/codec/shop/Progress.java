package dev.kvsession.codec.shop;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Maps of which the declared type says more than the class that stands there.
 */
public class Progress {

	private final Map<Color, LocalDate> days = new EnumMap<>(Color.class);

	private final EnumMap<Color, Item> items = new EnumMap<>(Color.class);

	private final List<Map<Color, Map<Color, Long>>> counts = new ArrayList<>();

	private final Map<Color, List<BigDecimal>> prices = new EnumMap<>(Color.class);

	private final Map<CharSequence, Long> names = new HashMap<>();

	private final Map<Comparable<?>, Long> keys = new HashMap<>();

	public Progress fill(Item item) {
		this.days.put(Color.GREEN, LocalDate.EPOCH);
		this.items.put(Color.RED, item);
		this.counts.add(new EnumMap<>(Map.of(Color.RED, new EnumMap<>(Map.of(Color.GREEN, 5L)))));
		this.prices.put(Color.RED, List.of(new BigDecimal("19.90")));
		this.names.put("a", 1L);
		this.keys.put("a", 1L);
		this.keys.put(5L, 2L);
		return this;
	}

}
