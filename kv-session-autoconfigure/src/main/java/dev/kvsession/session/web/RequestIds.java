package dev.kvsession.session.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.kvsession.session.memory.LiveSession;

/**
 * Session ids that are looked up in one request: what was found, and for which of those
 * that came with it KV is asked. Confined to one request.
 */
public final class RequestIds {

	/**
	 * How many there are at most. Browsers send several if a cookie was once set for
	 * another path or domain.
	 */
	private static final int MOST = 4;

	private final Set<String> asked = new HashSet<>();

	private final Map<String, Optional<LiveSession>> found = new HashMap<>();

	private final Supplier<List<String>> ids;

	RequestIds(Supplier<List<String>> ids) {
		this.ids = ids;
	}

	/**
	 * Notes what the first find of a session answered. It holds for the whole request,
	 * which must not lose its session, nor wait for it again, in the middle.
	 * @param id the session's id
	 * @param session the session, or {@code null} if there is none
	 */
	public void found(String id, @Nullable LiveSession session) {
		this.found.putIfAbsent(id, Optional.ofNullable(session));
	}

	/**
	 * Notes that the request at hand, if there is one, has ended a session, whatever was
	 * known of its end before: it does not go on with what it has found.
	 * @param id the session's id
	 */
	public static void ended(String id) {
		SessionRequest request = SessionRequest.current();
		if (request != null) {
			request.lookedUp().found.put(id, Optional.empty());
		}
	}

	/**
	 * Returns what the first find of a session answered.
	 * @param id the session's id
	 * @return the session, empty if there was none; {@code null} if it has not been
	 * answered
	 */
	public @Nullable Optional<LiveSession> firstFound(String id) {
		return this.found.get(id);
	}

	/**
	 * Whether KV may be asked for a session. Of the ids that came with the request only
	 * the first few unknown ones are read; the others are as if they had not been sent.
	 * What else the application asks for has no such bound.
	 * @param id the session's id
	 * @return whether it may
	 */
	public boolean mayAsk(String id) {
		if (this.asked.contains(id) || !this.ids.get().contains(id)) {
			return true;
		}
		return this.asked.size() < MOST && this.asked.add(id);
	}

	/**
	 * Returns what is to be read together with a session, in one call.
	 * @param id the session's id, for which KV may be asked
	 * @param unknown which ids KV has to be asked for
	 * @return the id, and more that came with the request
	 */
	public List<String> together(String id, Predicate<String> unknown) {
		if (!this.asked.contains(id)) {
			return List.of(id);
		}
		List<String> together = new ArrayList<>(List.of(id));
		for (String other : this.ids.get()) {
			if (this.asked.size() < MOST && !this.asked.contains(other) && unknown.test(other)) {
				this.asked.add(other);
				together.add(other);
			}
		}
		return together;
	}

}
