package dev.kvsession.session.record;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.Stamp;
import dev.kvsession.codec.StoredAttribute;

/**
 * One state of a session: as KV has it, as it was handed off, or with pending changes.
 * Immutable, except that attributes are decoded when they are first asked for.
 */
public final class Snapshot {

	private static final Stamp NOTHING = new Stamp(0, 0, "0");

	private final SessionRecord record;

	private final Map<String, AttributeCell> cells;

	private final int recordSize;

	/** Computed when it is first asked for. */
	private int weight;

	/**
	 * Creates a snapshot. Decoded values come from {@code values}, or from the state
	 * before.
	 */
	public Snapshot(SessionRecord record, int recordSize, Map<String, Object> values, @Nullable Snapshot previous) {
		this.record = record;
		this.recordSize = recordSize;
		Map<String, AttributeCell> cells = new HashMap<>();
		record.attributes().forEach((name, stored) -> {
			AttributeCell before = (previous != null) ? previous.cell(name) : null;
			if (before != null && before.stored().equals(stored)) {
				stored.pack(before.stored());
				cells.put(name, before);
			}
			else {
				AttributeCell cell = new AttributeCell(name, stored, values.get(name));
				cell.pack();
				cells.put(name, cell);
			}
		});
		// Smaller than a hash map; the order is the record's.
		this.cells = Map.copyOf(cells);
	}

	private Snapshot(SessionRecord record, int recordSize, Map<String, AttributeCell> cells) {
		this.record = record;
		this.recordSize = recordSize;
		this.cells = cells;
	}

	/** Merges two states of a session; keeps decoded values and estimates the size. */
	public Snapshot mergedWith(Snapshot other, Lifetimes lifetimes) {
		SessionRecord merged = new RecordMerge(this.record, other.record).merged(lifetimes);
		Map<String, AttributeCell> mergedCells = new HashMap<>();
		merged.attributes().forEach((name, stored) -> {
			AttributeCell mine = this.cells.get(name);
			AttributeCell others = other.cells.get(name);
			mergedCells.put(name, (mine != null && (others == null || mine.stored().equals(stored))) ? mine : others);
		});
		return new Snapshot(merged, Math.max(this.recordSize, other.recordSize), Map.copyOf(mergedCells));
	}

	public SessionRecord record() {
		return this.record;
	}

	/**
	 * Returns the newest stamp in the record. A foreign writer may have stamped an
	 * attribute beyond the record itself.
	 */
	public Stamp newestStamp() {
		return later(this.record.rev(), contentStamp());
	}

	/**
	 * The newest stamp of what the application has set or removed; the lowest of all if
	 * nothing. A touch does not change it.
	 */
	public Stamp contentStamp() {
		Stamp newest = NOTHING;
		for (StoredAttribute attribute : this.record.attributes().values()) {
			newest = later(newest, attribute.at());
		}
		for (Stamp removed : this.record.removed().values()) {
			newest = later(newest, removed);
		}
		Stamp interval = this.record.maxInactiveIntervalAt();
		return (interval != null) ? later(newest, interval) : newest;
	}

	private static Stamp later(Stamp a, Stamp b) {
		return (a.compareTo(b) >= 0) ? a : b;
	}

	public int recordSize() {
		return this.recordSize;
	}

	/**
	 * Estimates the memory in bytes, with all attributes decoded: nothing weighs a
	 * session again.
	 */
	public int weight() {
		if (this.weight == 0) {
			this.weight = SnapshotWeight.of(this.record, this.cells.values());
		}
		return this.weight;
	}

	public @Nullable AttributeCell cell(String name) {
		return this.cells.get(name);
	}

	public Set<String> names() {
		return this.record.attributes().keySet();
	}

}
