package dev.kvsession.session;

import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.web.SessionRequest;

/**
 * Changes ids that no longer fit the settings, because keys or modes are being exchanged.
 * Requests that were sent with the old id go on with the new one. Safe for concurrent
 * use.
 */
final class IdRenewals {

	private final SessionEngine engine;

	private final BooleanSupplier available;

	IdRenewals(SessionEngine engine, BooleanSupplier available) {
		this.engine = engine;
		this.available = available;
	}

	/** Returns the id under which a request finds the session of an id that it sent. */
	String current(String given, @Nullable SessionRequest request) {
		LiveSession renewed = this.engine.memory.renewed(given);
		if (renewed == null) {
			return given;
		}
		if (request != null) {
			request.isOwn(renewed.id(), given);
		}
		return renewed.id();
	}

	/** Changes the id of a session that is to be written anyway. */
	void renew(KvSession session, @Nullable SessionRequest request) {
		LiveSession live = session.live();
		if (live == null || request == null || this.engine.ids.isCurrent(session.getId()) || follow(session, request)) {
			return;
		}
		boolean written = session.mayBeChanged() || live.isTouchDue(this.engine.context.clock().millis());
		if (written && this.available.getAsBoolean() && request.isOwn(session.getId())
				&& request.mayChangeId(session.getMaxInactiveInterval())) {
			session.changeId((next) -> this.engine.memory.renew(live.id(), next));
		}
	}

	/**
	 * Lets a session go on under the id that another request has given it; returns
	 * whether one has.
	 */
	boolean follow(KvSession session, @Nullable SessionRequest request) {
		String before = session.getId();
		LiveSession renewed = (request != null) ? this.engine.memory.renewed(before) : null;
		if (request != null && renewed != null) {
			request.isOwn(renewed.id(), before);
			session.follow(renewed);
		}
		return renewed != null;
	}

}
