package dev.kvsession.codec.shop;

import java.util.Collection;

import org.springframework.security.core.GrantedAuthority;

/**
 * A principal two steps below Spring Security's, made by a builder.
 */
public final class Manager extends Shopper {

	private static final long serialVersionUID = 1L;

	private final Color color;

	private Manager(String name, Collection<? extends GrantedAuthority> authorities, Item favourite, Color color) {
		super(7L, name, authorities, favourite);
		this.color = color;
	}

	public static Builder managers() {
		return new Builder();
	}

	public Color getColor() {
		return this.color;
	}

	/**
	 * Its builder.
	 */
	public static final class Builder {

		private Color color;

		public Builder color(Color color) {
			this.color = color;
			return this;
		}

		public Manager build(String name, Collection<? extends GrantedAuthority> authorities, Item favourite) {
			return new Manager(name, authorities, favourite, this.color);
		}

	}

}
