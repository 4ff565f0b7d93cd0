package dev.kvsession.session.record;

import org.jspecify.annotations.Nullable;

/**
 * One attribute in the newest state of a session that this instance knows. Immutable.
 *
 * @param cell the attribute, or {@code null} if the state has none
 * @param settled whether no change of it is on its way to KV that nobody has been told to
 * be saved
 * @param removed whether the state tells that it was removed; else, another instance that
 * did not know it may have written over it
 */
public record KnownAttribute(@Nullable AttributeCell cell, boolean settled, boolean removed) {

	/** Of a session that KV does not have. */
	public static final KnownAttribute NONE = new KnownAttribute(null, true, false);

	/** Nobody can say what the newest state will be. */
	public static final KnownAttribute UNSETTLED = new KnownAttribute(null, false, false);

}
