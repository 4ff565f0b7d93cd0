package dev.kvsession.session;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.StoredAttribute;

/**
 * The newest state of a session that this instance knows. Immutable.
 *
 * @param shown the state that requests see
 * @param pending changes on their way to KV, or {@code null}. Those that somebody was
 * told to be saved are shown, as a rule
 */
record NewestState(Snapshot shown, @Nullable SessionChange pending) {

	KnownAttribute attribute(String name) {
		AttributeCell cell = this.shown.cell(name);
		AttributeChange change = (this.pending != null) ? this.pending.attributes().get(name) : null;
		StoredAttribute stored = (cell != null) ? cell.stored() : null;
		return new KnownAttribute(cell, change == null || Objects.equals(change.stored(), stored));
	}

	/**
	 * Whether setting an interval changes it.
	 * @param interval the interval, in whole seconds
	 * @return whether the state has another one, or another one is on its way to KV
	 */
	boolean isOther(Duration interval) {
		SessionRecord record = this.shown.record();
		boolean settled = this.pending == null || this.pending.interval() == null
				|| this.pending.interval().equals(record.maxInactiveInterval());
		return !settled || !interval.equals(record.maxInactiveInterval());
	}

	@Override
	public String toString() {
		return "NewestState[" + this.shown.record() + "]";
	}

}
