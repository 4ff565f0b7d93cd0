package dev.kvsession.session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.SessionRecord;

/**
 * One state of a session that KV has acknowledged or returned. Immutable, but for
 * attributes that are decoded when they are first asked for.
 */
final class Snapshot {

	/**
	 * What a snapshot occupies beside its text, in bytes: objects, maps and stamps of a
	 * small session, estimated.
	 */
	private static final int OVERHEAD_BYTES = 1024;

	private final SessionRecord record;

	private final Map<String, AttributeCell> cells;

	private final int recordSize;

	/**
	 * Creates a snapshot.
	 * @param record the record
	 * @param recordSize its size as JSON, in bytes
	 * @param values live values by attribute, where they are known
	 * @param previous the state before, whose decoded values are taken over, or
	 * {@code null}
	 */
	Snapshot(SessionRecord record, int recordSize, Map<String, Object> values, @Nullable Snapshot previous) {
		this.record = record;
		this.recordSize = recordSize;
		this.cells = new LinkedHashMap<>();
		record.attributes().forEach((name, stored) -> {
			AttributeCell before = (previous != null) ? previous.cell(name) : null;
			boolean same = before != null && before.stored().equals(stored);
			this.cells.put(name, same ? before : new AttributeCell(name, stored, values.get(name)));
		});
	}

	private Snapshot(SessionRecord record, int recordSize, Map<String, AttributeCell> cells) {
		this.record = record;
		this.recordSize = recordSize;
		this.cells = cells;
	}

	/**
	 * Merges two states of a session. Values that were decoded stay so.
	 * @param other the other state
	 * @param lifetimes decide the end of the merged record
	 * @return the merge, its size estimated
	 */
	Snapshot mergedWith(Snapshot other, Lifetimes lifetimes) {
		SessionRecord merged = new RecordMerge(this.record, other.record).merged(lifetimes);
		Map<String, AttributeCell> mergedCells = new LinkedHashMap<>();
		merged.attributes().forEach((name, stored) -> {
			AttributeCell mine = this.cells.get(name);
			AttributeCell others = other.cells.get(name);
			mergedCells.put(name, (mine != null && (others == null || mine.stored().equals(stored))) ? mine : others);
		});
		return new Snapshot(merged, Math.max(this.recordSize, other.recordSize), mergedCells);
	}

	SessionRecord record() {
		return this.record;
	}

	int recordSize() {
		return this.recordSize;
	}

	/**
	 * An estimate of the memory held, in bytes: the encoded text and the values decoded
	 * from it are taken as equally large.
	 * @return the estimate
	 */
	int weight() {
		return OVERHEAD_BYTES + 2 * this.recordSize;
	}

	@Nullable AttributeCell cell(String name) {
		return this.cells.get(name);
	}

	Set<String> names() {
		return this.cells.keySet();
	}

}
