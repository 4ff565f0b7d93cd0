package dev.kvsession.autoconfigure.bean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

import dev.kvsession.client.KvClient;
import dev.kvsession.client.engine.KvEngine;

/**
 * Warns of a client that says nothing of the token's limit although calls are limited: a
 * wrapper that does not pass {@link KvClient#rateLimit()} on, as a rule. The engine would
 * go on as if nobody else used the token.
 */
public final class MissingRateLimit {

	private static final Logger logger = LoggerFactory.getLogger(MissingRateLimit.class);

	private MissingRateLimit() {
	}

	public static void warn(ApplicationContext context) {
		KvClient client = context.getBeanProvider(KvClient.class).getIfUnique();
		KvEngine engine = context.getBeanProvider(KvEngine.class).getIfUnique();
		if (client != null && engine != null && engine.status().budgetCalls() > 0 && !overrides(client.getClass())) {
			logger.warn(
					"{} does not override KvClient.rateLimit(), so the limit that KV tells with its answers is not "
							+ "known. A client that wraps another has to pass it on",
					ClassUtils.getUserClass(client).getName());
		}
	}

	private static boolean overrides(Class<?> type) {
		return ReflectionUtils.getUniqueDeclaredMethods(type, (method) -> method.getName().equals("rateLimit")
				&& method.getParameterCount() == 0 && method.getDeclaringClass() != KvClient.class).length > 0;
	}

}
