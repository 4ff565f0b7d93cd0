package dev.kvsession.session.record;

import org.jspecify.annotations.Nullable;

/**
 * One attribute in the newest state of a session that this instance knows. Immutable.
 *
 * @param cell the attribute, or {@code null} if the state has none
 * @param settled whether no pending change that requests do not see alters it
 * @param removed whether the state knows of its removal; else an instance that did not
 * know the attribute may have written over it
 */
public record KnownAttribute(@Nullable AttributeCell cell, boolean settled, boolean removed) {

	/** KV has no record. */
	public static final KnownAttribute NONE = new KnownAttribute(null, true, false);

	/** Nobody can say what the newest state will be. */
	public static final KnownAttribute UNSETTLED = new KnownAttribute(null, false, false);

}
