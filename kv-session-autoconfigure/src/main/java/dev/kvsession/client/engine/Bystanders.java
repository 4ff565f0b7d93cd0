package dev.kvsession.client.engine;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.client.KvClient;
import dev.kvsession.client.KvRateLimit;
import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.RepeatedWarning;

/**
 * Foreign code that stands beside a call: who watches it, and what the client says about
 * the rate. Whatever it throws is logged and changes nothing, for a call that is not
 * ended would occupy its place for ever, and those who wait for it would wait as long.
 * Safe for concurrent use, as far as the foreign code is.
 */
final class Bystanders {

	private static final Logger logger = LoggerFactory.getLogger(Bystanders.class);

	private final KvClient client;

	private final KvCallObserver observer;

	private final RepeatedWarning warning;

	Bystanders(KvClient client, KvCallObserver observer, KvScheduler scheduler) {
		this.warning = new RepeatedWarning(logger, scheduler, "failures of what observes calls to KV");
		this.client = client;
		this.observer = observer;
	}

	KvCallObserver.Call started(Batch batch) {
		try {
			return this.observer.started(batch.label(), Math.max(1, batch.keys().size()));
		}
		catch (RuntimeException | Error ex) {
			failed(ex);
			return (failure) -> {
			};
		}
	}

	void ended(KvCallObserver.Call call, @Nullable Throwable failure) {
		try {
			call.ended(failure);
		}
		catch (RuntimeException | Error ex) {
			failed(ex);
		}
	}

	Optional<KvRateLimit> rateLimit() {
		try {
			return this.client.rateLimit();
		}
		catch (RuntimeException | Error ex) {
			failed(ex);
			return Optional.empty();
		}
	}

	// Its message may be about a key or a value.
	private void failed(Throwable ex) {
		String type = ex.getClass().getName();
		this.warning.warn(type, "What observes calls to KV has thrown " + type + "; the call goes on");
	}

}
