package dev.kvsession.session;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.Stamp;
import dev.kvsession.session.record.AttributeCell;
import dev.kvsession.session.record.SessionContext;

/**
 * One attribute as the application set it, with what decides at the save whether that is
 * a change. Immutable; the value may be changed in place until then.
 *
 * @param value the value, or {@code null} for a removal
 * @param loadedFrom what the value was decoded from, if it is the object that this
 * session gave to the application, else {@code null}
 * @param newest the attribute in the newest state known here when it was set, or
 * {@code null} if that had none
 * @param settled whether no other value of the attribute was on its way to KV then
 * @param at when it was set, if that was while the session was being saved: it must not
 * outweigh what another request sets before that has ended. {@code null} to count from
 * its own save
 */
record AttributeSetting(@Nullable Object value, @Nullable AttributeCell loadedFrom, @Nullable AttributeCell newest,
		boolean settled, @Nullable Stamp at) {

	/**
	 * Whether this changes the attribute. Spring sets each session-scoped bean and each
	 * model attribute again after a request that touched it. An object that was given out
	 * and has not changed since is no change, whatever another instance has set
	 * meanwhile. Any other value is none only if it equals the newest state when it was
	 * set, not what this request had read before.
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

	private static boolean isStored(String name, Object value, @Nullable AttributeCell cell, SessionContext context) {
		// mutant: equal-value
		return cell != null && context.settings().codec.isStored(name, value, cell.stored());
	}

	@Override
	public String toString() {
		return "AttributeSetting[removed=" + (this.value == null) + "]";
	}

}
