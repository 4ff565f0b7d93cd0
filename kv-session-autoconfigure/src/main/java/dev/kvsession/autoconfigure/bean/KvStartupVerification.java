package dev.kvsession.autoconfigure.bean;

import java.util.concurrent.CompletionException;

import org.springframework.beans.factory.SmartInitializingSingleton;

import dev.kvsession.client.KvCallObserver;
import dev.kvsession.client.KvClient;
import dev.kvsession.client.KvException;

/**
 * Asks KV once, before the application serves its first request, whether it can be used,
 * if that is wanted: lists a few keys, for which token, account and namespace have to be
 * right.
 */
public final class KvStartupVerification implements SmartInitializingSingleton {

	/** Fewest keys that a listing may ask for. */
	private static final int LIST_LIMIT = 10;

	private final KvClient client;

	private final KvCallObserver observer;

	private final boolean wanted;

	/**
	 * Creates the verification.
	 * @param client asks KV
	 * @param observer is told of the call
	 * @param wanted whether to ask
	 */
	public KvStartupVerification(KvClient client, KvCallObserver observer, boolean wanted) {
		this.client = client;
		this.observer = observer;
		this.wanted = wanted;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (!this.wanted) {
			return;
		}
		KvCallObserver.Call call = this.observer.started("list", 1);
		try {
			this.client.list("", null, LIST_LIMIT)
				.whenComplete((page, failure) -> call.ended(failure))
				.toCompletableFuture()
				.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof KvException failure) ? failure : ex;
		}
	}

}
