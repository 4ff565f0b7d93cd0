package dev.kvsession.session;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.session.SaveMode;

import dev.kvsession.codec.Stamp;
import dev.kvsession.codec.StoredAttribute;
import dev.kvsession.session.record.AttributeCell;
import dev.kvsession.session.record.AttributeChange;
import dev.kvsession.session.record.AttributeCopy;
import dev.kvsession.session.record.KnownAttribute;
import dev.kvsession.session.record.SessionChange;
import dev.kvsession.session.record.SessionContext;
import dev.kvsession.session.record.Snapshot;

/**
 * The attributes of one request's session: those of the snapshot, overlaid by what the
 * request set, removed, or got a copy of. Safe for concurrent use; reading takes a lock
 * only the first time.
 */
final class AttributeDelta {

	/**
	 * Attributes by which Spring's session scope asks a servlet container to destroy a
	 * bean when its session ends. They refer to the application's context, so no store
	 * can hold them. As in {@code
	 * ServletRequestAttributes.DESTRUCTION_CALLBACK_NAME_PREFIX}; repeated here because
	 * Spring MVC may be absent.
	 */
	private static final String DESTRUCTION_CALLBACK = "org.springframework.web.context.request."
			+ "ServletRequestAttributes.DESTRUCTION_CALLBACK.";

	/** {@code HttpSessionMutexListener}'s lock object, of no use to another request. */
	private static final String MUTEX = "org.springframework.web.util.WebUtils.MUTEX";

	private final SessionContext context;

	private volatile State state;

	AttributeDelta(SessionContext context, @Nullable Snapshot base) {
		this.context = context;
		this.state = new State(base, Map.of(), Map.of(), null, Set.of());
	}

	@Nullable Object get(String name) {
		State now = this.state;
		AttributeSetting setting = now.changed().get(name);
		if (setting != null) {
			return setting.value();
		}
		AttributeCell cell = now.cell(name);
		if (cell == null) {
			return null;
		}
		if (this.context.settings().saveMode != SaveMode.ON_SET_ATTRIBUTE) {
			return copy(name);
		}
		if (GivenAttribute.find(now.given(), name) != cell) {
			give(name, cell);
		}
		return cell.value(this.context);
	}

	private synchronized void give(String name, AttributeCell cell) {
		this.state = this.state.withGiven(name, cell);
	}

	private synchronized @Nullable Object copy(String name) {
		AttributeCell cell = this.state.cell(name);
		AttributeCopy known = this.state.copies().get(name);
		if (known != null || cell == null) {
			return (known != null) ? known.value() : null;
		}
		Object copy = cell.copy(this.context);
		if (copy != null) {
			this.state = this.state.withCopy(name, new AttributeCopy(cell, copy));
		}
		return copy;
	}

	/**
	 * Sets an attribute, or removes it ({@code null}). {@code newest} finds it in the
	 * newest state known here; {@code stamp} is {@code null} if the change counts from
	 * the next save. No save can begin meanwhile.
	 */
	synchronized void set(String name, @Nullable Object value, Function<String, KnownAttribute> newest,
			Supplier<@Nullable Stamp> stamp) {
		if (name.startsWith(DESTRUCTION_CALLBACK) || name.equals(MUTEX)) {
			return;
		}
		boolean sent = this.state.sent().contains(name);
		KnownAttribute known = sent ? KnownAttribute.UNSETTLED : newest.apply(name);
		AttributeCell loadedFrom = (value != null && !sent) ? this.state.loadedFrom(name, value) : null;
		boolean overwritten = value == null && !known.removed() && this.state.cell(name) != null;
		this.state = this.state.with(name,
				// mutant: newest-1
				new AttributeSetting(value, loadedFrom, known.cell(), known.settled() && !overwritten, stamp.get()));
	}

	/**
	 * Notes which attributes are about to be sent. Until KV has acknowledged them, or
	 * after a failure, nobody knows KV's value: whatever is set then is a change.
	 */
	synchronized void sent(State collected, Set<String> names) {
		State now = this.state;
		Map<String, AttributeSetting> changed = new LinkedHashMap<>(now.changed());
		changed.replaceAll((name, setting) -> (names.contains(name) && collected.changed().get(name) != setting)
				? new AttributeSetting(setting.value(), null, null, false, setting.at()) : setting);
		Set<String> sent = new HashSet<>(now.sent());
		sent.addAll(names);
		this.state = new State(now.base(), changed, now.copies(), now.given(), sent);
	}

	Set<String> names() {
		State now = this.state;
		Set<String> names = new LinkedHashSet<>();
		if (now.base() != null) {
			now.base().names().stream().filter(this::isReadable).forEach(names::add);
		}
		now.changed().forEach((name, setting) -> {
			if (setting.value() != null) {
				names.add(name);
			}
		});
		return names;
	}

	private boolean isReadable(String name) {
		State now = this.state;
		AttributeCell cell = now.changed().containsKey(name) ? null : now.cell(name);
		return (cell != null) ? cell.value(this.context) != null : get(name) != null;
	}

	synchronized State state() {
		return this.state;
	}

	/**
	 * Takes off what was saved and goes on from KV's state. What was set meanwhile stays.
	 * The application keeps its objects; those that were saved are from now on compared
	 * with their saved value.
	 */
	synchronized void saved(State collected, @Nullable Snapshot saved, SessionChange change) {
		State now = this.state;
		Map<String, AttributeCopy> copies = new HashMap<>(now.copies());
		GivenAttribute given = GivenAttribute.without(now.given(), change.attributes().keySet());
		Set<String> sent = new HashSet<>(now.sent());
		sent.removeAll(change.attributes().keySet());
		for (Map.Entry<String, AttributeChange> entry : change.attributes().entrySet()) {
			StoredAttribute stored = entry.getValue().stored();
			Object value = entry.getValue().value();
			if (stored == null || value == null) {
				continue;
			}
			AttributeCell cell = new AttributeCell(entry.getKey(), stored, value);
			given = new GivenAttribute(entry.getKey(), cell, given);
			copies.computeIfPresent(entry.getKey(),
					(name, copy) -> (copy.value() == value) ? new AttributeCopy(cell, value) : copy);
		}
		this.state = new State(saved, now.changedSince(collected), copies, given, sent);
	}

	/** Takes off what turned out to change nothing. */
	synchronized void unchanged(State collected) {
		State now = this.state;
		if (!collected.changed().isEmpty()) {
			this.state = new State(now.base(), now.changedSince(collected), now.copies(), now.given(), now.sent());
		}
	}

	/**
	 * Everything at one moment. Immutable.
	 *
	 * @param base the snapshot, or {@code null} of a new session
	 * @param changed what was set or removed
	 * @param copies the copies handed out; some may have been changed in place
	 * @param given the shared values that the application holds, or {@code null} for none
	 * @param sent names of what was sent to KV and has not been acknowledged
	 */
	record State(@Nullable Snapshot base, Map<String, AttributeSetting> changed, Map<String, AttributeCopy> copies,
			@Nullable GivenAttribute given, Set<String> sent) {

		@Nullable AttributeCell cell(String name) {
			return (this.base != null) ? this.base.cell(name) : null;
		}

		Map<String, AttributeCell> beans() {
			return GivenAttribute.beans(this.given);
		}

		/** Whether nothing was set and no object was given out that a save compares. */
		boolean isEmpty() {
			return this.changed.isEmpty() && this.copies.isEmpty() && beans().isEmpty();
		}

		private State with(String name, AttributeSetting setting) {
			Map<String, AttributeCopy> others = new HashMap<>(this.copies);
			others.computeIfPresent(name, (key, copy) -> (copy.value() == setting.value()) ? copy : null);
			Map<String, AttributeSetting> more = new LinkedHashMap<>(this.changed);
			more.put(name, setting);
			return new State(this.base, more, others, this.given, this.sent);
		}

		private State withCopy(String name, AttributeCopy copy) {
			Map<String, AttributeCopy> more = new HashMap<>(this.copies);
			more.put(name, copy);
			return new State(this.base, this.changed, more, this.given, this.sent);
		}

		private State withGiven(String name, AttributeCell cell) {
			return new State(this.base, this.changed, this.copies, new GivenAttribute(name, cell, this.given),
					this.sent);
		}

		private @Nullable AttributeCell loadedFrom(String name, Object value) {
			AttributeCopy copy = this.copies.get(name);
			if (copy != null && copy.value() == value) {
				return copy.original();
			}
			return GivenAttribute.findHolder(this.given, name, value);
		}

		private Map<String, AttributeSetting> changedSince(State collected) {
			Map<String, AttributeSetting> since = new LinkedHashMap<>(this.changed);
			// mutant: set-during-save
			since.entrySet().removeIf((entry) -> collected.changed().get(entry.getKey()) == entry.getValue());
			return since;
		}

	}

	/**
	 * One attribute as the application set it, with what decides at the save whether that
	 * is a change. Immutable; the value may be changed in place until then.
	 *
	 * @param value the value, or {@code null} for a removal
	 * @param loadedFrom what the value was decoded from, if it is the object that this
	 * session gave to the application, else {@code null}
	 * @param newest the attribute in the newest state known here when it was set, or
	 * {@code null} if that had none
	 * @param settled whether no other value of the attribute was on its way to KV then
	 * @param at when it was set, if that was while the session was being saved: it must
	 * not outweigh what another request sets before that has ended. {@code null} to count
	 * from its own save
	 */
	record AttributeSetting(@Nullable Object value, @Nullable AttributeCell loadedFrom, @Nullable AttributeCell newest,
			boolean settled, @Nullable Stamp at) {

		/**
		 * Whether this changes the attribute. Spring sets each session-scoped bean and
		 * each model attribute again after a request that touched it. An object that was
		 * given out and has not changed since is no change, whatever another instance has
		 * set meanwhile. Any other value is none only if it equals the newest state when
		 * it was set, not what this request had read before.
		 */
		boolean isChange(String name, SessionContext context) {
			Object set = this.value;
			if (set == null) {
				return !this.settled || this.newest != null;
			}
			return !isStored(name, set, this.loadedFrom, context)
					// mutant: newest-2
					&& !(this.settled && this.newest != this.loadedFrom && isStored(name, set, this.newest, context));
		}

		private static boolean isStored(String name, Object value, @Nullable AttributeCell cell,
				SessionContext context) {
			// mutant: equal-value
			return cell != null && context.settings().codec.isStored(name, value, cell.stored());
		}

		@Override
		public String toString() {
			return "AttributeSetting[removed=" + (this.value == null) + "]";
		}

	}

}
