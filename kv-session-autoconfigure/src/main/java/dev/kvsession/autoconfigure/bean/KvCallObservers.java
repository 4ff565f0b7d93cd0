package dev.kvsession.autoconfigure.bean;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.client.KvCallObserver;

/**
 * Passes each call to several observers. One that throws disturbs neither the call nor
 * the other observers. Safe for concurrent use.
 */
public final class KvCallObservers implements KvCallObserver {

	private static final Logger logger = LoggerFactory.getLogger(KvCallObservers.class);

	private final AtomicBoolean warned = new AtomicBoolean();

	private final List<KvCallObserver> observers;

	private KvCallObservers(List<KvCallObserver> observers) {
		this.observers = observers;
	}

	public static KvCallObserver of(Stream<KvCallObserver> observers) {
		List<KvCallObserver> all = observers.toList();
		return all.isEmpty() ? NOOP : new KvCallObservers(all);
	}

	@Override
	public Call started(String operation, int items) {
		List<Call> calls = new ArrayList<>(this.observers.size());
		for (KvCallObserver observer : this.observers) {
			guard(() -> calls.add(observer.started(operation, items)));
		}
		return (failure) -> ended(calls, failure);
	}

	private void ended(List<Call> calls, @Nullable Throwable failure) {
		calls.forEach((call) -> guard(() -> call.ended(failure)));
	}

	private void guard(Runnable report) {
		try {
			report.run();
		}
		catch (RuntimeException ex) {
			if (this.warned.compareAndSet(false, true)) {
				logger.warn("An observer of KV calls failed; its meters or traces are incomplete. Logged once.", ex);
			}
		}
	}

}
