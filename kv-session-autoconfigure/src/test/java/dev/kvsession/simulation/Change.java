package dev.kvsession.simulation;

import dev.kvsession.codec.Stamp;

/**
 * One attribute set or removed by one request, and what became of it. Confined to the
 * seed's thread.
 */
final class Change {

	private Ledger ledger;

	final String attribute;

	/** Unique, but for the changes that set it again; {@code null} for a removal. */
	final String value;

	final Node node;

	final long calledAt;

	final long stampedFrom;

	long acknowledgedAt = Long.MAX_VALUE;

	boolean failed;

	/** Its save has begun. */
	boolean begun = true;

	/** It may change nothing: the newest state may have had this value already. */
	boolean optional;

	/** Known once a record that carries the change is in KV. */
	Stamp stamp;

	long appliedAt = Long.MAX_VALUE;

	Change(Ledger ledger, String attribute, String value, Node node, long calledAt) {
		this.ledger = ledger;
		this.attribute = attribute;
		this.value = value;
		this.node = node;
		this.calledAt = calledAt;
		this.stampedFrom = node.clock().millis();
	}

	Ledger ledger() {
		return this.ledger;
	}

	/** It belongs to another id of its session from now on. */
	void move(Ledger to) {
		this.ledger.changes.remove(this);
		to.changes.add(this);
		this.ledger = to;
	}

	/** Whether it need not be seen anywhere. */
	boolean isIdle() {
		return this.optional && this.stamp == null;
	}

	boolean isAcknowledged() {
		return this.acknowledgedAt != Long.MAX_VALUE;
	}

	/**
	 * Whether it outweighs another change of the same attribute, as far as is known.
	 * @param other the other change
	 * @return whether it may
	 */
	boolean mayOutweigh(Change other) {
		if (this.stamp != null && other.stamp != null) {
			return this.stamp.compareTo(other.stamp) >= 0;
		}
		if (this.node == other.node) {
			return this.calledAt >= other.calledAt;
		}
		return (this.stamp != null) ? this.stamp.millis() >= other.stampedFrom : this.failed || other.stamp == null;
	}

	@Override
	public String toString() {
		return this.attribute + "=" + this.value + " by " + this.node.name() + " at " + this.calledAt / Nanos.MILLI
				+ " ms" + (isAcknowledged() ? " acknowledged at " + this.acknowledgedAt / Nanos.MILLI + " ms" : "")
				+ (this.failed ? " failed" : "") + ((this.stamp != null) ? " stamp " + this.stamp : "");
	}

}
