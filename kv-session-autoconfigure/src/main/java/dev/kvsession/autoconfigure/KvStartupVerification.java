package dev.kvsession.autoconfigure;

import java.util.concurrent.CompletionException;

import org.springframework.beans.factory.SmartInitializingSingleton;

import dev.kvsession.client.KvClient;
import dev.kvsession.client.KvException;

/**
 * Asks KV once, before the application serves its first request, whether it can be used:
 * lists a few keys, for which token, account and namespace have to be right.
 */
final class KvStartupVerification implements SmartInitializingSingleton {

	/**
	 * Fewest keys that a listing may ask for.
	 */
	private static final int LIST_LIMIT = 10;

	private final KvClient client;

	KvStartupVerification(KvClient client) {
		this.client = client;
	}

	@Override
	public void afterSingletonsInstantiated() {
		try {
			this.client.list("", null, LIST_LIMIT).toCompletableFuture().join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof KvException failure) ? failure : ex;
		}
	}

}
