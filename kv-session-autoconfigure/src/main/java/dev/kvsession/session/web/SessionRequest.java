package dev.kvsession.session.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvException;
import dev.kvsession.session.handoff.Handoff;
import dev.kvsession.session.settings.SessionWarnings;

/**
 * What the repository and the filter around Spring Session's tell each other about the
 * request at hand. Confined to one request, whose dispatches may run on several threads
 * one after the other.
 */
public abstract class SessionRequest {

	private static final ThreadLocal<@Nullable SessionRequest> CURRENT = new ThreadLocal<>();

	private final RequestIds lookedUp = new RequestIds(this::ids);

	private @Nullable KvException readFailure;

	private @Nullable KvException failure;

	/** Of the repository that serves this request. */
	public @Nullable SessionWarnings warnings;

	/** Of new sessions of that repository. */
	public @Nullable Duration defaultInterval;

	private final Map<String, KvException> saveFailures = new HashMap<>();

	private final Set<String> unsaved = new HashSet<>();

	private @Nullable List<Handoff> handoffs;

	private @Nullable String settledHandoff;

	private @Nullable String handedOver;

	private final List<Runnable> whenAnswered = new ArrayList<>();

	/**
	 * Returns the request that the calling thread works on.
	 * @return the request, or {@code null} outside one
	 */
	public static @Nullable SessionRequest current() {
		return CURRENT.get();
	}

	/**
	 * Binds a request to the calling thread.
	 * @param request the request, or {@code null} for none
	 * @return what was bound before
	 */
	public static @Nullable SessionRequest bind(@Nullable SessionRequest request) {
		SessionRequest previous = CURRENT.get();
		if (request != null) {
			CURRENT.set(request);
		}
		else {
			CURRENT.remove();
		}
		return previous;
	}

	/**
	 * Leaves something for when the application has answered.
	 * @param action what to do then; not done if the answer is asynchronous and no
	 * further dispatch ends it
	 */
	public final void whenAnswered(Runnable action) {
		this.whenAnswered.add(action);
	}

	/**
	 * Whether this request's answer carries a new id.
	 * @return whether something is left for when the application has answered
	 */
	public final boolean isChangingId() {
		return !this.whenAnswered.isEmpty();
	}

	/**
	 * Called when the application has answered.
	 */
	final void answered() {
		List<Runnable> actions = List.copyOf(this.whenAnswered);
		this.whenAnswered.clear();
		actions.forEach(Runnable::run);
	}

	public final void readFailed(KvException failure) {
		this.readFailure = failure;
		failed(failure);
	}

	/**
	 * Notes what kept this request from its session, so that it can be told from failures
	 * of other KV calls that the application makes.
	 * @param failure what KV did
	 */
	public final void failed(KvException failure) {
		this.failure = failure;
	}

	/**
	 * Does a part of saving a session. If that fails, whether because of KV or of what is
	 * in the session, the request at hand notes it: its error page has to do without the
	 * session, or would fail as well.
	 * @param <T> what the part returns
	 * @param id the session's id
	 * @param part what to do
	 * @return what the part returns
	 */
	public static <T extends @Nullable Object> T saving(String id, Supplier<T> part) {
		try {
			return part.get();
		}
		catch (RuntimeException | Error ex) {
			SessionRequest request = current();
			if (request != null) {
				request.saveFailed(id, ex);
			}
			throw ex;
		}
	}

	/*
	 * Saving less may cure what KV refuses, or what cannot be stored, and is not kept
	 * from being tried.
	 */
	private void saveFailed(String id, Throwable failure) {
		this.unsaved.add(id);
		if (failure instanceof KvException ofKv && !ofKv.isOfRequest()) {
			this.saveFailures.put(id, ofKv);
			failed(ofKv);
		}
	}

	/**
	 * Notes that a session was saved, whatever failed before.
	 * @param id the session's id
	 */
	public final void saveSucceeded(String id) {
		this.unsaved.remove(id);
	}

	/**
	 * Whether the last save of a session in this request has failed.
	 * @param id the session's id
	 * @return whether it has
	 */
	final boolean isUnsaved(String id) {
		return this.unsaved.contains(id);
	}

	/**
	 * Begins another dispatch, in which saving may be tried again.
	 */
	final void forgetSaveFailures() {
		this.saveFailures.clear();
	}

	/**
	 * Returns why a session could not be saved earlier in this dispatch. Spring Session
	 * saves several times in one, and each would wait for KV again.
	 * @param id the session's id
	 * @return what KV did, or {@code null} if no save has failed
	 */
	public final @Nullable KvException saveFailure(String id) {
		return this.saveFailures.get(id);
	}

	final @Nullable KvException failure() {
		return this.failure;
	}

	public final @Nullable KvException readFailure() {
		return this.readFailure;
	}

	/**
	 * Returns the handoffs that came with the request, opened when they are first asked
	 * for.
	 * @param open opens the cookies, leaving out what is not genuine
	 * @return the handoffs
	 */
	public final List<Handoff> handoffs(Function<List<String>, List<Handoff>> open) {
		List<Handoff> opened = this.handoffs;
		if (opened == null) {
			opened = open.apply(handoffCookies());
			this.handoffs = opened;
		}
		return opened;
	}

	/**
	 * Notes that KV has been asked because of a session's handoff, and need not be again.
	 * @param id the session's id
	 */
	public final void handoffSettled(String id) {
		this.settledHandoff = id;
	}

	public final boolean isHandoffSettled(String id) {
		return id.equals(this.settledHandoff);
	}

	/**
	 * Sends a handoff along with the answer, instead of an earlier one. Does nothing if
	 * session ids do not travel in cookies or the answer is on its way already.
	 * @param id the session's id
	 * @param sealed makes the cookie's value, of at most as many characters as it is
	 * given
	 */
	public final void handOver(String id, IntFunction<String> sealed) {
		if (sendHandoff(sealed)) {
			this.handedOver = id;
		}
	}

	public final boolean hasHandedOver(String id) {
		return id.equals(this.handedOver);
	}

	/**
	 * Tells what was looked up in this request.
	 * @return the ids
	 */
	public final RequestIds lookedUp() {
		return this.lookedUp;
	}

	/**
	 * Returns the session ids that came with the request, which may be anything.
	 * @return the ids, in the order in which they are tried
	 */
	List<String> ids() {
		return List.of();
	}

	/**
	 * Returns the values of the request's handoff cookies, a few at most, which may be
	 * anything.
	 * @return the values
	 */
	public abstract List<String> handoffCookies();

	/**
	 * Sends a handoff cookie.
	 * @param sealed as for {@link #handOver}
	 * @return whether one was sent
	 */
	public abstract boolean sendHandoff(IntFunction<String> sealed);

	/**
	 * Removes the handoff cookie from the client, and from the answer if it is there.
	 */
	public abstract void clearHandoff();

	/**
	 * Whether the request changes nothing, as its method tells: GET, HEAD or OPTIONS, but
	 * for a WebSocket's handshake.
	 * @return whether it is safe
	 */
	public abstract boolean isSafe();

	/**
	 * Whether an error page is being made for this request.
	 * @return whether this is an ERROR dispatch
	 */
	public abstract boolean isErrorDispatch();

	/**
	 * Called before a session's id may be sent to the client.
	 * @param interval the session's max inactive interval
	 * @param lifetime after which it ends unless it is used again
	 */
	public abstract void saved(Duration interval, Duration lifetime);

	/**
	 * Called when a session that the client knows already was given a new life in KV, so
	 * that the cookie gets one, too.
	 * @param id the session's id
	 * @param interval its max inactive interval
	 * @param lifetime after which it ends unless it is used again
	 */
	public abstract void renewed(String id, Duration interval, Duration lifetime);

}
