package dev.kvsession.session;

import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.Stamp;
import dev.kvsession.codec.StoredAttribute;

/**
 * Collects what a request did to its session into a {@link SessionChange}: encodes,
 * stamps and proves readable each value before anything is sent.
 */
final class SessionChanges {

	private final SessionContext context;

	private final AttributeDelta delta;

	private final Stamp at;

	private final Map<String, AttributeChange> collected = new LinkedHashMap<>();

	private SessionChanges(SessionContext context, AttributeDelta delta, Stamp at) {
		this.context = context;
		this.delta = delta;
		this.at = at;
	}

	static @Nullable SessionChange collect(SessionContext context, KvSession session, AttributeDelta delta,
			boolean intervalChanged) {
		if (delta.isEmpty() && !intervalChanged && !session.isNew() && !session.isRenamed()) {
			return null;
		}
		LiveSession live = session.live();
		Stamp at = (live != null) ? live.nextStamp(context.stamps()) : context.stamps().next(null);
		SessionChanges changes = new SessionChanges(context, delta, at);
		delta.changed().forEach(changes::add);
		delta.copies().forEach(changes::addIfChangedInPlace);
		if (changes.collected.isEmpty() && !intervalChanged && !session.isNew() && !session.isRenamed()) {
			return null;
		}
		return new SessionChange(changes.collected, intervalChanged ? session.getMaxInactiveInterval() : null,
				intervalChanged ? changes.at : null, session.getLastAccessedTime(), changes.claims());
	}

	private void add(String name, @Nullable Object value) {
		StoredAttribute stored = (value != null) ? this.context.codec().encodeAttribute(name, value, this.at) : null;
		this.collected.put(name, new AttributeChange(this.at, stored, value));
	}

	/*
	 * A copy counts as changed if it is no longer encoded as an untouched one is. The
	 * comparison with the stored text alone would not do: the order of a set may differ.
	 */
	private void addIfChangedInPlace(String name, AttributeCopy copy) {
		AttributeCell original = copy.original();
		StoredAttribute encoded = this.context.codec().encodeAttribute(name, copy.value(), this.at);
		if (encoded.raw().equals(original.stored().raw())) {
			return;
		}
		Object untouched = original.copy(this.context.codec(), this.context.onUnreadable());
		if (untouched == null
				|| !encoded.raw().equals(this.context.codec().encodeAttribute(name, untouched, this.at).raw())) {
			this.collected.put(name, new AttributeChange(this.at, encoded, copy.value()));
		}
	}

	private @Nullable Map<String, Object> claims() {
		AttributeChange context = this.collected.get(SecurityContexts.ATTRIBUTE);
		if (context == null) {
			return null;
		}
		Principal user = (context.value() != null) ? SecurityContexts.authentication(context.value()) : null;
		return (user != null) ? this.context.claims().claims(user) : Map.of();
	}

}
