package dev.kvsession.codec.shop;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * The usual kind of bean: final collections, a computed getter, state without getter.
 */
public class Cart implements Serializable {

	private static final long serialVersionUID = 1L;

	private final List<Item> items = new ArrayList<>();

	private final Map<Integer, String> notes = new HashMap<>();

	private int[] counts = { 1, 2 };

	private String coupon;

	private transient Object cache = new Object();

	@JsonIgnore
	private int ignored;

	public Cart add(Item item, String coupon) {
		this.items.add(item);
		this.notes.put(this.items.size(), "note");
		this.coupon = coupon;
		return this;
	}

	public long getTotal() {
		throw new IllegalStateException("computed, not state");
	}

	public void setCoupon(String coupon) {
		throw new IllegalStateException("more than a setter");
	}

	public Object getCache() {
		return this.cache;
	}

	public int getIgnored() {
		return this.ignored;
	}

	public String summary() {
		return this.items + this.coupon + this.counts.length + this.notes;
	}

}
