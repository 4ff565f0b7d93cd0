package dev.kvsession.session;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.session.SaveMode;

/**
 * The attributes of one request's session: those of the snapshot, overlaid by what the
 * request set, removed, or was handed a copy of. Confined to one request.
 */
final class AttributeDelta {

	private final SessionContext context;

	private @Nullable Snapshot base;

	/**
	 * What was set; a value of {@code null} stands for a removal.
	 */
	private Map<String, @Nullable Object> changed = Collections.emptyMap();

	private Map<String, AttributeCopy> copies = Collections.emptyMap();

	AttributeDelta(SessionContext context, @Nullable Snapshot base) {
		this.context = context;
		this.base = base;
	}

	@Nullable Object get(String name) {
		if (this.changed.containsKey(name)) {
			return this.changed.get(name);
		}
		AttributeCell cell = (this.base != null) ? this.base.cell(name) : null;
		if (cell == null) {
			return null;
		}
		return (this.context.saveMode() == SaveMode.ON_SET_ATTRIBUTE)
				? cell.value(this.context.codec(), this.context.onUnreadable()) : copy(name, cell);
	}

	private @Nullable Object copy(String name, AttributeCell cell) {
		AttributeCopy known = this.copies.get(name);
		if (known != null) {
			return known.value();
		}
		Object copy = cell.copy(this.context.codec(), this.context.onUnreadable());
		if (copy != null) {
			this.copies = this.copies.isEmpty() ? new HashMap<>() : this.copies;
			this.copies.put(name, new AttributeCopy(cell, copy));
		}
		return copy;
	}

	/**
	 * Sets or removes an attribute. Removing one that is not there changes nothing:
	 * Spring Security does so after each login.
	 * @param name the name
	 * @param value the value, or {@code null} to remove it
	 */
	void set(String name, @Nullable Object value) {
		if (value == null && cell(name) == null && !this.changed.containsKey(name)) {
			return;
		}
		if (this.changed.isEmpty()) {
			this.changed = new LinkedHashMap<>();
		}
		this.changed.put(name, value);
		this.copies.remove(name);
	}

	Set<String> names() {
		Set<String> names = new LinkedHashSet<>();
		if (this.base != null) {
			this.base.names().stream().filter((name) -> get(name) != null).forEach(names::add);
		}
		this.changed.forEach((name, value) -> {
			if (value != null) {
				names.add(name);
			}
		});
		return names;
	}

	boolean isEmpty() {
		return this.changed.isEmpty() && this.copies.isEmpty();
	}

	Map<String, @Nullable Object> changed() {
		return this.changed;
	}

	/**
	 * The copies handed out of attributes that were not set afterwards.
	 * @return the copies by attribute; some may have been changed in place
	 */
	Map<String, AttributeCopy> copies() {
		return this.copies;
	}

	/**
	 * Goes on from what KV has now. Copies stay in the request's hands; those that were
	 * saved are from now on compared with what was saved of them.
	 * @param saved the new state
	 * @param change what was saved
	 */
	void rebase(@Nullable Snapshot saved, SessionChange change) {
		this.base = saved;
		this.changed = Collections.emptyMap();
		this.copies.replaceAll((name, copy) -> {
			AttributeChange written = change.attributes().get(name);
			return (written != null && written.stored() != null)
					? new AttributeCopy(new AttributeCell(name, written.stored(), null), copy.value()) : copy;
		});
	}

	@Nullable AttributeCell cell(String name) {
		return (this.base != null) ? this.base.cell(name) : null;
	}

}
