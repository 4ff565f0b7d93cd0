package dev.kvsession.client.engine.gate;

import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.client.KvEngineStatus;
import dev.kvsession.client.KvException;
import dev.kvsession.client.engine.queue.CallKind;

/**
 * How calls failed last. While KV refuses the token, the account or the namespace for one
 * kind of calls, that is what is told, and the log says so once. Guarded by the engine's
 * lock.
 */
public final class LastFailures {

	private static final Logger logger = LoggerFactory.getLogger(LastFailures.class);

	private final InstantSource clock;

	private final Map<CallKind, KvEngineStatus.LastFailure> lasting = new EnumMap<>(CallKind.class);

	private KvEngineStatus.@Nullable LastFailure last;

	LastFailures(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Notes how a call ended.
	 * @param kind what it did
	 */
	void ended(CallKind kind, @Nullable Throwable failure) {
		if (failure == null) {
			if (this.lasting.remove(kind) != null && this.lasting.isEmpty()) {
				logger.info("KV accepts token, account and namespace again");
			}
			return;
		}
		Throwable reason = (failure instanceof KvException ofKv) ? ofKv.reason() : failure;
		boolean lasts = reason instanceof KvException ofKv && ofKv.isOfConfiguration();
		String message = (reason instanceof KvException) ? String.valueOf(reason.getMessage())
				: "A call ended in " + reason.getClass().getName();
		this.last = new KvEngineStatus.LastFailure(message, this.clock.instant(), false);
		if (lasts && this.lasting.put(kind, this.last.asLasting()) == null && this.lasting.size() == 1) {
			logger
				.warn("KV refuses this application. New sessions, and those not seen within the last minutes, get 503 "
						+ "until this is put right: {}", message);
		}
	}

	public KvEngineStatus.@Nullable LastFailure get() {
		return this.lasting.isEmpty() ? this.last : this.lasting.values().iterator().next();
	}

}
