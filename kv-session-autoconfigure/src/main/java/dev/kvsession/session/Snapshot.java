package dev.kvsession.session;

import java.util.HashMap;
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
		Map<String, AttributeCell> cells = new HashMap<>();
		record.attributes().forEach((name, stored) -> {
			AttributeCell before = (previous != null) ? previous.cell(name) : null;
			boolean same = before != null && before.stored().equals(stored);
			cells.put(name, same ? before : new AttributeCell(name, stored, values.get(name)));
		});
		// Smaller than a hash map; the order is the record's.
		this.cells = Map.copyOf(cells);
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
		return this.record.attributes().keySet();
	}

}
