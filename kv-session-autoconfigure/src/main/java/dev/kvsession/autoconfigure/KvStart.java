package dev.kvsession.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;

import dev.kvsession.autoconfigure.bean.MissingRateLimit;
import dev.kvsession.autoconfigure.properties.UnknownProperties;

/**
 * Ends the start of every application that has the starter: fails it if KV was configured
 * too late to be noticed, says where sessions are, and names properties that nobody knows
 * and a client that hides what KV says of the token. Confined to the start of the
 * application.
 */
final class KvStart implements SmartInitializingSingleton, ApplicationContextAware {

	private @Nullable ApplicationContext context;

	@Override
	public void setApplicationContext(ApplicationContext context) {
		this.context = context;
	}

	@Override
	public void afterSingletonsInstantiated() {
		ApplicationContext started = this.context;
		if (started != null) {
			UnknownProperties.warn(started);
			LateConfiguration.check(started);
			MissingRateLimit.warn(started);
			SessionWhereabouts.log(started);
		}
	}

}
