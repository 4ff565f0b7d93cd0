package dev.kvsession.session;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.session.SessionRepository;
import org.springframework.util.Assert;

import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.codec.SessionCodec;
import dev.kvsession.session.record.Lifetimes;
import dev.kvsession.session.settings.EngineRuntime;
import dev.kvsession.session.settings.KvSessionStatistics;
import dev.kvsession.session.settings.WriteMode;

/**
 * Keeps sessions in Cloudflare Workers KV. Safe for concurrent use once it is set up;
 * setters are for the thread that sets it up and fail after the first use.
 * <p>
 * A session in use is read again each time its near-cache entry has aged, in the
 * background and together with others, and written when it is changed or its touch
 * interval has passed. Methods block the caller for the KV calls they need; every failure
 * of KV reaches the caller as a {@link dev.kvsession.client.KvException}, after bounded
 * retries. Publishes {@code SessionCreatedEvent}, {@code SessionDeletedEvent} and
 * {@code SessionExpiredEvent} on the instance where it happens. Expiry is noticed when
 * somebody asks for the session, and a minute or two after it on instances that hold the
 * session in memory: each reads it once more before. A session that was idle for longer
 * than four hours and {@code staleIfError} is held no more.
 */
public final class KvSessionRepository extends KvSessionSettings implements SessionRepository<KvSession> {

	private final KvEngine kv;

	private final EngineRuntime runtime;

	private volatile @Nullable SessionOperations operations;

	/**
	 * Creates a repository with default settings.
	 * @param kv where the sessions lie
	 * @param scheduler runs what is delayed
	 * @param codec encodes them
	 */
	public KvSessionRepository(KvEngine kv, KvScheduler scheduler, SessionCodec codec) {
		this(kv, EngineRuntime.of(scheduler), codec);
	}

	public KvSessionRepository(KvEngine kv, EngineRuntime runtime, SessionCodec codec) {
		super(codec);
		this.kv = kv;
		this.runtime = runtime;
	}

	@Override
	public KvSession createSession() {
		return operations().create();
	}

	/**
	 * Saves a session. Nothing is sent if nothing changed; if only the last access
	 * changed and its touch interval has passed, it is written in the background. Changes
	 * of a session that has ended meanwhile are dropped silently, as Spring Session's
	 * JDBC repository does. With {@link WriteMode#COALESCE} further changes within a
	 * second, and all changes while KV cannot be written, are held in bounded memory and
	 * written later.
	 * @param session the session
	 * @throws dev.kvsession.client.KvException if KV did not acknowledge the write and it
	 * cannot be held
	 * @throws dev.kvsession.codec.AttributeEncodingException if an attribute cannot be
	 * stored so that it comes back; nothing is sent
	 */
	@Override
	public void save(KvSession session) {
		operations().save(session);
	}

	/**
	 * Finds a session. An id that cannot have come from the id generator, or that ended
	 * on this instance, costs no call. What another instance changed or ended is noticed
	 * with the delay of the near cache and of KV.
	 * @param id the id
	 * @return the session, or {@code null} if there is none or it has expired
	 * @throws dev.kvsession.client.KvException if KV could not be asked and the policy is
	 * to fail
	 */
	@Override
	public @Nullable KvSession findById(String id) {
		return operations().find(id);
	}

	/**
	 * Ends a session: on this instance at once, whatever follows, and in KV before this
	 * method returns. Idempotent; never reads or decodes the record. While KV cannot be
	 * told, the method returns after bounded retries, or at once if that is known; KV is
	 * then told later. Publishes {@code SessionDeletedEvent} if this instance holds the
	 * session, whether KV could be told or not; of one that it does not hold nothing is
	 * known to publish.
	 * @param id the id
	 * @throws dev.kvsession.client.KvException if KV refuses in a way that does not pass
	 * by itself, such as a wrong token; it is repeated in the background all the same
	 */
	@Override
	public void deleteById(String id) {
		operations().delete(id);
	}

	/**
	 * Returns what this repository has counted.
	 * @return the counts, which go on growing
	 */
	public KvSessionStatistics getStatistics() {
		return options().statistics;
	}

	/**
	 * Writes what waits for KV: changes and ends of sessions that were accepted while KV
	 * could not be told. To be called when nobody uses the repository any more; blocks
	 * until all is written or the time is over. What is left can still be written later,
	 * if the application goes on.
	 * @param longest how long to try, positive
	 * @return how many sessions have changes or ends that could not be written
	 */
	public int flush(Duration longest) {
		Assert.isTrue(Lifetimes.endsWhenIdle(longest), "'longest' must be positive");
		SessionOperations current = this.operations;
		return (current != null) ? current.flush(longest) : 0;
	}

	/**
	 * Returns how many sessions have changes or ends that are being written or wait for
	 * it. Costs no call.
	 * @return the number at this moment
	 */
	public int getPendingWrites() {
		SessionOperations current = this.operations;
		return (current != null) ? current.pendingWrites() : 0;
	}

	/**
	 * Returns how much memory accepted changes take that wait to be written; at most 16
	 * MB. Costs no call.
	 * @return an estimate, in bytes
	 */
	public long getPendingBytes() {
		SessionOperations current = this.operations;
		return (current != null) ? current.pendingBytes() : 0;
	}

	/**
	 * Returns how long ago the oldest change was acknowledged that KV does not have yet:
	 * what a crash would lose. Costs no call.
	 * @return its age, zero if there is none. About two seconds at most while KV answers;
	 * in an outage, as long as that lasts
	 */
	public Duration getOldestPendingChange() {
		SessionOperations current = this.operations;
		return (current != null) ? current.oldestPendingChange() : Duration.ZERO;
	}

	/**
	 * Returns how old sessions in use have been lately, at most, when they were served
	 * from memory. A logout or change made on another instance is noticed here that much
	 * later than KV shows it.
	 * @return the greatest age of this minute and the last; at least the near cache's
	 * time to live, more if the budget does not allow reading all sessions in use so
	 * often, while KV is down, or when a session that was idle is served while it is read
	 * (at most the near cache's {@code maxStaleness}). Costs no call
	 */
	public Duration getEffectiveAge() {
		SessionOperations current = this.operations;
		return (current != null) ? current.effectiveAge() : options().nearCache.freshness();
	}

	@Override
	boolean isInUse() {
		return this.operations != null;
	}

	private SessionOperations operations() {
		SessionOperations current = this.operations;
		return (current != null) ? current : start();
	}

	private synchronized SessionOperations start() {
		SessionOperations current = this.operations;
		if (current == null) {
			current = new SessionOperations(this, this.kv, options(), this.runtime);
			this.operations = current;
		}
		return current;
	}

}
