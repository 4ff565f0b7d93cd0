package dev.kvsession.codec.shop;

import java.io.Serializable;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collection;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.regex.Pattern;

/**
 * Each kind of field with its own declared type, as a session-scoped bean has them.
 */
@SuppressWarnings("unused")
public class Wallet implements Serializable {

	private static final long serialVersionUID = 1L;

	private Timestamp timestamp;

	private GregorianCalendar calendar;

	private Optional<Item> favourite = Optional.empty();

	private Optional<Object> anything = Optional.empty();

	private Map<Instant, Item> byTime;

	private Map<Item, BigDecimal> byItem;

	private Map<BigDecimal, Integer> byPrice;

	private Map<Locale, String> byLocale;

	private Map<Serializable, Comparable<?>> byAnything;

	private Map.Entry<Item, BigDecimal> entry;

	private BitSet bits;

	private Pattern pattern;

	private StringBuilder text;

	private List<Item>[] pages;

	private Collection<Item> values;

	private ConcurrentHashMap.KeySetView<String, Boolean> live;

	private CopyOnWriteArrayList<String> log;

	private CopyOnWriteArraySet<Item> watched;

	private Set<Duration> durations;

	private java.sql.Date day;

	@SuppressWarnings("unchecked")
	public static Wallet full(Item item) {
		Wallet wallet = new Wallet();
		wallet.timestamp = new Timestamp(1_790_000_000_000L);
		wallet.timestamp.setNanos(123_456_000);
		wallet.calendar = new GregorianCalendar(2026, 10, 1);
		wallet.favourite = Optional.of(item);
		wallet.anything = Optional.of(List.of(item, new BigDecimal("19.90")));
		wallet.byTime = Map.of(Instant.EPOCH, item);
		wallet.byItem = Map.of(item, new BigDecimal("19.90"));
		wallet.byPrice = Map.of(new BigDecimal("19.90"), 1);
		wallet.byLocale = Map.of(Locale.CANADA_FRENCH, "a");
		wallet.byAnything = Map.of(item, new BigDecimal("19.90"));
		wallet.entry = Map.entry(item, new BigDecimal("0.10"));
		wallet.bits = BitSet.valueOf(new long[] { 5, 1L << 40 });
		wallet.pattern = Pattern.compile("a.*b", Pattern.CASE_INSENSITIVE);
		wallet.text = new StringBuilder("x");
		wallet.pages = new List[] { List.of(item), null };
		wallet.values = new java.util.HashMap<>(Map.of("a", item)).values();
		wallet.live = ConcurrentHashMap.newKeySet();
		wallet.live.add("a");
		wallet.log = new CopyOnWriteArrayList<>(List.of("a", "b"));
		wallet.watched = new CopyOnWriteArraySet<>(List.of(item));
		wallet.durations = Set.of(Duration.ofSeconds(1L << 40, 7));
		wallet.day = java.sql.Date.valueOf("2026-11-01");
		return wallet;
	}

}
