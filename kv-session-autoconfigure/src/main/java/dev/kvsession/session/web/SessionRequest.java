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
import dev.kvsession.session.settings.SessionDetails;
import dev.kvsession.session.settings.SessionTenant;
import dev.kvsession.session.settings.SessionWarnings;

/**
 * State of one request, shared by {@link KvSessionFilter} and the repository. Its
 * dispatches may run on several threads, one after the other.
 */
public abstract class SessionRequest {

	private static final ThreadLocal<@Nullable SessionRequest> CURRENT = new ThreadLocal<>();

	private @Nullable RequestIds requestIds;

	private @Nullable KvException readFailure;

	private @Nullable KvException failure;

	/** Warnings of the repository that serves this request. */
	@Nullable SessionWarnings warnings;

	/** Max inactive interval of that repository's new sessions. */
	@Nullable Duration defaultInterval;

	private final Map<String, KvException> saveFailures = new HashMap<>();

	private final Set<String> unsaved = new HashSet<>();

	/** Ids that the client gets with the answer. */
	private final Set<String> made = new HashSet<>();

	private @Nullable List<Handoff> handoffs;

	private @Nullable String settledHandoff;

	private @Nullable String handedOver;

	private @Nullable String tenant;

	private boolean tenantKnown;

	private final List<Runnable> whenAnswered = new ArrayList<>();

	/**
	 * Gives the filter what it needs of the repository that serves this request: its
	 * warnings, and the max inactive interval of its new sessions.
	 */
	public final void servedWith(SessionWarnings warnings, Duration defaultInterval) {
		this.warnings = warnings;
		this.defaultInterval = defaultInterval;
	}

	/** What the application notes of a login that this request makes. */
	public Map<String, String> details(SessionDetails details) {
		return Map.of();
	}

	/** Returns the tenant of this request, which it does not change. */
	public final @Nullable String tenant(SessionTenant tenants) {
		if (!this.tenantKnown) {
			this.tenant = tenantOf(tenants);
			this.tenantKnown = true;
		}
		return this.tenant;
	}

	protected @Nullable String tenantOf(SessionTenant tenants) {
		return null;
	}

	/**
	 * Whether a session is the client's. Others, such as those that an administrator
	 * ends, must not reach the client: not their id, and no handoff.
	 */
	public final boolean isOwn(String id) {
		return this.made.contains(id) || isReceived(id);
	}

	/** Whether a session's id came with the request. */
	boolean isReceived(String id) {
		return true;
	}

	/**
	 * Whether a session that was saved is the client's: new, or the client's {@code
	 * before} under whatever id.
	 */
	public final boolean isOwn(String id, @Nullable String before) {
		boolean own = before == null || isOwn(before);
		if (own) {
			this.made.add(id);
		}
		return own;
	}

	/** Returns the request that the calling thread works on, or {@code null}. */
	public static @Nullable SessionRequest current() {
		return CURRENT.get();
	}

	/** Binds a request, or none, to the calling thread. Returns the one bound before. */
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
	 * Runs an action when the application has answered; not if the answer is asynchronous
	 * and no further dispatch ends it.
	 */
	public final void whenAnswered(Runnable action) {
		this.whenAnswered.add(action);
	}

	/** Whether this request's answer carries a new id. */
	public final boolean isChangingId() {
		return !this.whenAnswered.isEmpty();
	}

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
	 * Notes why this request has no session, so that the filter can tell it from failures
	 * of other KV calls of the application.
	 */
	public final void failed(KvException failure) {
		this.failure = failure;
	}

	/**
	 * Does a part of saving a session. The request notes a failure: its error page has to
	 * do without the session, or would fail, too.
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

	/**
	 * A save of less may succeed where KV refuses the record or a value cannot be stored:
	 * such a failure does not prevent the next try.
	 */
	private void saveFailed(String id, Throwable failure) {
		this.unsaved.add(id);
		if (failure instanceof KvException ofKv && !ofKv.isOfRequest()) {
			this.saveFailures.put(id, ofKv);
			failed(ofKv);
		}
	}

	public final void saveSucceeded(String id) {
		this.unsaved.remove(id);
	}

	/** Whether the last save of a session in this request has failed. */
	final boolean isUnsaved(String id) {
		return this.unsaved.contains(id);
	}

	/** Begins another dispatch, in which a save may be tried again. */
	final void forgetSaveFailures() {
		this.saveFailures.clear();
	}

	/**
	 * Returns why a session could not be saved earlier in this dispatch, or {@code null}.
	 * Spring Session saves several times in one, and each save would wait for KV again.
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
	 * Returns the handoffs that came with the request; {@code open} opens the cookies
	 * once.
	 */
	public final List<Handoff> handoffs(Function<List<String>, List<Handoff>> open) {
		List<Handoff> opened = this.handoffs;
		if (opened == null) {
			opened = open.apply(handoffCookies());
			this.handoffs = opened;
		}
		return opened;
	}

	/** Notes that KV was read because of a session's handoff, and need not be again. */
	public final void handoffSettled(String id) {
		this.settledHandoff = id;
	}

	public final boolean isHandoffSettled(String id) {
		return id.equals(this.settledHandoff);
	}

	/**
	 * Sends a handoff with the answer, instead of an earlier one. {@code sealed} makes
	 * the cookie's value, of at most so many characters. Does nothing if session ids do
	 * not travel in cookies or the answer is committed.
	 */
	public final void handOver(String id, IntFunction<String> sealed) {
		if (sendHandoff(sealed)) {
			this.handedOver = id;
		}
	}

	public final boolean hasHandedOver(String id) {
		return id.equals(this.handedOver);
	}

	public final synchronized RequestIds requestIds() {
		if (this.requestIds == null) {
			this.requestIds = new RequestIds(this::ids);
		}
		return this.requestIds;
	}

	/**
	 * Returns the session ids that came with the request, unchecked, in the order of
	 * trial.
	 */
	List<String> ids() {
		return List.of();
	}

	/**
	 * Whether the answer can carry a new id, with as long a life as the old one, and the
	 * client will use it. Then it is kept out of shared caches.
	 */
	public abstract boolean mayChangeId(Duration interval);

	/** Returns a few values of the request's handoff cookies, unchecked. */
	public abstract List<String> handoffCookies();

	/** Sends a handoff cookie as for {@link #handOver}. Returns whether one was sent. */
	public abstract boolean sendHandoff(IntFunction<String> sealed);

	/** Removes the handoff cookie from the client, and from the answer. */
	public abstract void clearHandoff();

	/**
	 * Whether the request's method is GET, HEAD or OPTIONS and it is no WebSocket
	 * handshake.
	 */
	public abstract boolean isSafe();

	public abstract boolean isErrorDispatch();

	/**
	 * Called before a session's id may be sent to the client. {@code lifetime}: after
	 * which the session ends unless it is used again.
	 */
	public abstract void saved(Duration interval, Duration lifetime);

	/**
	 * Called when KV got a new lifetime for a session that the client knows, so that the
	 * cookie gets one, too.
	 */
	public abstract void renewed(String id, Duration interval, Duration lifetime);

}
