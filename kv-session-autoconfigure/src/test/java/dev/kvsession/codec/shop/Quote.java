package dev.kvsession.codec.shop;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;

/**
 * What Lombok makes of a class with {@code @Value @Builder}: no constructor that others
 * may call.
 */
public final class Quote implements Serializable {

	private static final long serialVersionUID = 1L;

	private final String number;

	private final BigDecimal total;

	private final List<Item> lines;

	Quote(String first, BigDecimal second, List<Item> third) {
		this.number = first.trim();
		this.total = second;
		this.lines = third;
	}

	public static Builder builder() {
		return new Builder();
	}

	public BigDecimal getTotal() {
		return this.total;
	}

	public String getNumber() {
		return this.number;
	}

	public List<Item> getLines() {
		return this.lines;
	}

	/**
	 * Its builder.
	 */
	public static final class Builder {

		private String number;

		private BigDecimal total;

		private List<Item> lines;

		public Builder number(String number) {
			this.number = number;
			return this;
		}

		public Builder total(BigDecimal total) {
			this.total = total;
			return this;
		}

		public Builder lines(List<Item> lines) {
			this.lines = lines;
			return this;
		}

		public Quote build() {
			return new Quote(this.number, this.total, this.lines);
		}

	}

}
