package dev.kvsession.session.write;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.StoredAttribute;
import dev.kvsession.session.memory.SessionMemory;
import dev.kvsession.session.record.AttributeCell;
import dev.kvsession.session.record.AttributeChange;
import dev.kvsession.session.record.KnownAttribute;
import dev.kvsession.session.record.SessionChange;
import dev.kvsession.session.record.Snapshot;

/**
 * The newest state of a session that this instance knows. Immutable.
 *
 * @param shown the state that requests see, with the accepted changes
 * @param pending all pending changes, or {@code null}
 * @param failed changes of unknown outcome, or {@code null}
 */
public record NewestState(Snapshot shown, @Nullable SessionChange pending, SessionMemory.@Nullable FailedWrite failed) {

	public KnownAttribute attribute(String name) {
		AttributeCell cell = this.shown.cell(name);
		AttributeChange change = (this.pending != null) ? this.pending.attributes().get(name) : null;
		StoredAttribute stored = (cell != null) ? cell.stored() : null;
		boolean sure = this.failed == null || !this.failed.attributes().contains(name);
		// mutant: under-way
		return new KnownAttribute(cell, sure && (change == null || Objects.equals(change.stored(), stored)),
				this.shown.record().removed().containsKey(name));
	}

	/** Whether KV may have another interval, or a pending change sets another. */
	public boolean isOther(Duration interval) {
		SessionRecord record = this.shown.record();
		boolean sure = this.failed == null || !this.failed.interval();
		boolean settled = this.pending == null || this.pending.interval() == null
				|| this.pending.interval().equals(record.maxInactiveInterval());
		return !sure || !settled || !interval.equals(record.maxInactiveInterval());
	}

	@Override
	public String toString() {
		return "NewestState[" + this.shown.record() + "]";
	}

}
