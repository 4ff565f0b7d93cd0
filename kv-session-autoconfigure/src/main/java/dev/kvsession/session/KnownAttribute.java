package dev.kvsession.session;

import org.jspecify.annotations.Nullable;

/**
 * One attribute in the newest state of a session that this instance knows. Immutable.
 *
 * @param cell the attribute, or {@code null} if the state has none
 * @param settled whether no change of it is on its way to KV that nobody has been told to
 * be saved
 */
record KnownAttribute(@Nullable AttributeCell cell, boolean settled) {

	/** Of a session that KV does not have. */
	static final KnownAttribute NONE = new KnownAttribute(null, true);

	/** Nobody can say what the newest state will be. */
	static final KnownAttribute UNSETTLED = new KnownAttribute(null, false);

}
