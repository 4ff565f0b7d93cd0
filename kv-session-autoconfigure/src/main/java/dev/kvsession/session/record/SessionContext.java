package dev.kvsession.session.record;

import java.time.InstantSource;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvException;
import dev.kvsession.session.settings.SessionRuntime;
import dev.kvsession.session.settings.SessionSettings;
import dev.kvsession.session.settings.SessionWarnings;

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

	/**
	 * Why a change that makes a session's record too large is rejected, or {@code null}
	 * if it is not.
	 */
	public @Nullable KvException tooLarge(@Nullable Snapshot known, SessionChange change) {
		return new RecordLimit(this.settings.maxRecordSize.toBytes()).refusal(known, change);
	}

}
