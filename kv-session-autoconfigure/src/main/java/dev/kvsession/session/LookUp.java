package dev.kvsession.session;

import org.jspecify.annotations.Nullable;

import dev.kvsession.session.handoff.Handoff;
import dev.kvsession.session.memory.LiveSession;

/**
 * What this instance can say of an id without asking KV. Immutable.
 *
 * @param settled whether that is the answer; else KV has to be asked
 * @param known the session as it is known here, or {@code null}
 * @param handoff what another instance has told of it beyond that, or {@code null}
 */
record LookUp(boolean settled, @Nullable LiveSession known, @Nullable Handoff handoff) {

	/** There is no session of the id. */
	static final LookUp NONE = new LookUp(true, null, null);

}
