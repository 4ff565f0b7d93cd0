package dev.kvsession.autoconfigure.properties;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** Prices for the meter {@code kv.cost}. Confined to the start of the application. */
@ConfigurationProperties("cloudflare.kv.cost")
public class KvCostProperties {

	/**
	 * Dollars per million keys read, found or not. The default is Cloudflare's list price
	 * (developers.cloudflare.com/kv/platform/pricing, read 2026-11).
	 */
	private double readsPerMillion = 0.50;

	/**
	 * Dollars per million pairs written. The default is Cloudflare's list price
	 * (developers.cloudflare.com/kv/platform/pricing, read 2026-11).
	 */
	private double writesPerMillion = 5.00;

	/**
	 * Dollars per million keys deleted. The default is Cloudflare's list price
	 * (developers.cloudflare.com/kv/platform/pricing, read 2026-11).
	 */
	private double deletesPerMillion = 5.00;

	/**
	 * Dollars per million pages of keys listed, which verify-on-startup does. The default
	 * is Cloudflare's list price (developers.cloudflare.com/kv/platform/pricing, read
	 * 2026-11).
	 */
	private double listsPerMillion = 5.00;

	public double getReadsPerMillion() {
		return this.readsPerMillion;
	}

	public void setReadsPerMillion(double readsPerMillion) {
		this.readsPerMillion = readsPerMillion;
	}

	public double getWritesPerMillion() {
		return this.writesPerMillion;
	}

	public void setWritesPerMillion(double writesPerMillion) {
		this.writesPerMillion = writesPerMillion;
	}

	public double getDeletesPerMillion() {
		return this.deletesPerMillion;
	}

	public void setDeletesPerMillion(double deletesPerMillion) {
		this.deletesPerMillion = deletesPerMillion;
	}

	public double getListsPerMillion() {
		return this.listsPerMillion;
	}

	public void setListsPerMillion(double listsPerMillion) {
		this.listsPerMillion = listsPerMillion;
	}

}
