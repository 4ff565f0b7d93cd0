package dev.kvsession.session;

import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.Stamp;
import dev.kvsession.codec.StoredAttribute;
import dev.kvsession.session.AttributeDelta.AttributeSetting;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.record.AttributeCell;
import dev.kvsession.session.record.AttributeChange;
import dev.kvsession.session.record.KnownAttribute;
import dev.kvsession.session.record.SessionChange;
import dev.kvsession.session.record.SessionContext;
import dev.kvsession.session.settings.SecurityContexts;

/**
 * Collects what a request did to its session into a {@link SessionChange}: leaves out
 * what changes nothing; encodes, stamps and proves readable the rest before anything is
 * sent. Confined to one save.
 */
final class SessionChanges {

	private final SessionEngine engine;

	private final SessionContext context;

	private final @Nullable LiveSession live;

	private final Map<String, AttributeSetting> changed = new LinkedHashMap<>();

	private SessionChanges(SessionEngine engine, @Nullable LiveSession live) {
		this.engine = engine;
		this.context = engine.context;
		this.live = live;
	}

	/** Finds what was changed of a session, which is {@code null} if it is new. */
	static SessionChanges of(SessionEngine engine, @Nullable LiveSession live, AttributeDelta.State attributes) {
		SessionChanges changes = new SessionChanges(engine, live);
		attributes.changed().forEach(changes::add);
		attributes.beans().forEach((name, given) -> {
			if (!attributes.changed().containsKey(name)) {
				changes.addBean(name, given);
			}
		});
		attributes.copies().forEach((name, copy) -> {
			if (!attributes.changed().containsKey(name)) {
				changes.add(name, new AttributeSetting(copy.value(), copy.original(), null, false, null));
			}
		});
		return changes;
	}

	private void add(String name, AttributeSetting setting) {
		if (setting.isChange(name, this.context)) {
			this.changed.put(name, setting);
		}
	}

	private void addBean(String name, AttributeCell given) {
		Object bean = given.decoded();
		if (bean != null && this.live != null) {
			KnownAttribute known = this.engine.newest(this.live).attribute(name);
			add(name, new AttributeSetting(bean, given, known.cell(), known.settled(), null));
		}
	}

	boolean isEmpty() {
		return this.changed.isEmpty();
	}

	/** Encodes the changes. Those made outside a save get the stamp {@code now}. */
	Map<String, AttributeChange> encoded(Stamp now) {
		Map<String, AttributeChange> encoded = new LinkedHashMap<>();
		this.changed.forEach((name, setting) -> {
			Stamp at = (setting.at() != null) ? setting.at() : now;
			Object value = setting.value();
			StoredAttribute stored = (value != null) ? this.context.settings().codec.encodeAttribute(name, value, at)
					: null;
			encoded.put(name, new AttributeChange(at, stored, value));
		});
		return encoded;
	}

	/**
	 * The claims of a user who logged in; empty after a logout; {@code null} if the
	 * security context was not changed.
	 */
	@Nullable Map<String, Object> claims() {
		AttributeSetting setting = this.changed.get(SecurityContexts.ATTRIBUTE);
		if (setting == null) {
			return null;
		}
		Principal user = (setting.value() != null) ? SecurityContexts.authentication(setting.value()) : null;
		return (user != null) ? this.context.settings().claims.claims(user) : Map.of();
	}

}
