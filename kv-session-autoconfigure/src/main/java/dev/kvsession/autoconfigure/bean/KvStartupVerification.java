package dev.kvsession.autoconfigure.bean;

import java.util.concurrent.CompletionException;

import org.springframework.beans.factory.SmartInitializingSingleton;

import dev.kvsession.client.KvCallObserver;
import dev.kvsession.client.KvClient;
import dev.kvsession.client.KvException;

/**
 * Makes one call before the first request, if configured: lists a few keys, which fails
 * if token, account or namespace is wrong.
 */
public final class KvStartupVerification implements SmartInitializingSingleton {

	/** The smallest page that KV lists. */
	private static final int LIST_LIMIT = 10;

	private final KvClient client;

	private final KvCallObserver observer;

	private final boolean wanted;

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
