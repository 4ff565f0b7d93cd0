package dev.kvsession.session.record;

import java.time.InstantSource;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvException;
import dev.kvsession.session.settings.SessionRuntime;
import dev.kvsession.session.settings.SessionSettings;
import dev.kvsession.session.settings.SessionWarnings;
import dev.kvsession.session.settings.StorageSeal;

/**
 * What all parts of the engine share. Safe for concurrent use.
 *
 * @param settings the repository's settings
 * @param runtime time, chance and threads
 * @param stamps makes stamps
 * @param lifetimes computes when sessions end
 * @param warnings logs what may repeat
 */
public record SessionContext(SessionSettings settings, SessionRuntime runtime, HybridClock stamps, Lifetimes lifetimes,
		SessionWarnings warnings) {

	public SessionContext(SessionSettings settings, SessionRuntime runtime, SessionWarnings warnings) {
		this(settings, runtime, new HybridClock(runtime.clock(), runtime.writer()), Lifetimes.of(settings), warnings);
	}

	public InstantSource clock() {
		return this.runtime.clock();
	}

	/** Returns what to store under a key in KV. */
	public String sealed(String key, String record) {
		StorageSeal seal = this.settings.seal;
		return (seal != null) ? seal.sealRecord(key, record) : record;
	}

	/**
	 * Returns the record of what is stored under a key; throws if it cannot be opened.
	 */
	public String opened(String key, String stored) {
		StorageSeal seal = this.settings.seal;
		return (seal != null) ? seal.openRecord(key, stored) : stored;
	}

	/**
	 * Why a change that makes a session's record too large is rejected, or {@code null}
	 * if it is not.
	 */
	public @Nullable KvException tooLarge(@Nullable Snapshot known, SessionChange change) {
		return new RecordLimit(this.settings.maxRecordSize.toBytes()).refusal(known, change);
	}

}
