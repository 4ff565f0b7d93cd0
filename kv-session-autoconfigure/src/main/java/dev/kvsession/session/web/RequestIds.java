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
 * The session ids looked up in one request: what was found, and which of the ids that
 * came with it are read. Confined to one request.
 */
public final class RequestIds {

	/** Browsers send several ids if a cookie was once set for another path or domain. */
	private static final int MOST = 4;

	private final Set<String> asked = new HashSet<>();

	private final Map<String, Optional<LiveSession>> found = new HashMap<>();

	private final Supplier<List<String>> ids;

	RequestIds(Supplier<List<String>> ids) {
		this.ids = ids;
	}

	/**
	 * Keeps the answer to the first find of a session. It holds for the whole request,
	 * which must not lose its session in the middle, nor wait for it again.
	 */
	public void found(String id, @Nullable LiveSession session) {
		this.found.putIfAbsent(id, Optional.ofNullable(session));
	}

	/**
	 * Notes that the current request, if any, has ended a session, and does not go on
	 * with it.
	 */
	public static void ended(String id) {
		SessionRequest request = SessionRequest.current();
		if (request != null) {
			request.requestIds().found.put(id, Optional.empty());
		}
	}

	/**
	 * Returns the answer to the first find: empty if there is no session, {@code null} if
	 * not known.
	 */
	public @Nullable Optional<LiveSession> firstFound(String id) {
		return this.found.get(id);
	}

	/**
	 * Whether KV may be read for a session. Of the ids that came with the request only
	 * the first few unknown ones are read; the others count as not sent. Other finds of
	 * the application have no bound.
	 */
	public boolean tryReserveRead(String id) {
		if (this.asked.contains(id) || !this.ids.get().contains(id)) {
			return true;
		}
		return this.asked.size() < MOST && this.asked.add(id);
	}

	/**
	 * Returns a session's id and those unknown ids of the request to be read in the same
	 * call.
	 */
	public List<String> reserveTogether(String id, Predicate<String> unknown) {
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
