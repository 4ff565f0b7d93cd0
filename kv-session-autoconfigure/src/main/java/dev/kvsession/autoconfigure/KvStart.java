package dev.kvsession.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

import dev.kvsession.autoconfigure.properties.UnknownProperties;
import dev.kvsession.client.KvClient;
import dev.kvsession.client.engine.KvEngine;

/**
 * Checks at the end of the start what conditions cannot see: fails the start if KV was
 * configured too late, logs where sessions are kept, and warns of unknown properties and
 * of a client that hides KV's rate limit. Confined to the start of the application.
 */
final class KvStart implements SmartInitializingSingleton, ApplicationContextAware {

	private static final Logger logger = LoggerFactory.getLogger(KvStart.class);

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
			warnOfHiddenRateLimit(started);
			SessionWhereabouts.log(started);
		}
	}

	/*
	 * A client that wraps another and does not pass its rateLimit() on: the engine would
	 * pace calls as if nobody else used the token.
	 */
	private static void warnOfHiddenRateLimit(ApplicationContext context) {
		KvClient client = context.getBeanProvider(KvClient.class).getIfUnique();
		KvEngine engine = context.getBeanProvider(KvEngine.class).getIfUnique();
		if (client != null && engine != null && engine.status().budgetCalls() > 0
				&& !overridesRateLimit(client.getClass())) {
			logger.warn(
					"{} does not override KvClient.rateLimit(), so kv-session does not see the rate limit in KV's "
							+ "answers. A client that wraps another must pass it on",
					ClassUtils.getUserClass(client).getName());
		}
	}

	private static boolean overridesRateLimit(Class<?> type) {
		return ReflectionUtils.getUniqueDeclaredMethods(type, (method) -> method.getName().equals("rateLimit")
				&& method.getParameterCount() == 0 && method.getDeclaringClass() != KvClient.class).length > 0;
	}

	/**
	 * Registers the bean, without a condition on properties. An application that excludes
	 * {@link KvClientAutoConfiguration} does without it. This is decided here, since an
	 * application that was built ahead of time does not know its exclusions.
	 */
	static final class Registrar implements ImportBeanDefinitionRegistrar {

		private static final String BEAN = "kvStart";

		@Override
		public void registerBeanDefinitions(AnnotationMetadata importingClassMetadata,
				BeanDefinitionRegistry registry) {
			if (registry instanceof ConfigurableListableBeanFactory factory && ConditionEvaluationReport.get(factory)
				.getExclusions()
				.contains(KvClientAutoConfiguration.class.getName())) {
				return;
			}
			if (!registry.containsBeanDefinition(BEAN)) {
				RootBeanDefinition start = new RootBeanDefinition(KvStart.class);
				start.setLazyInit(false);
				registry.registerBeanDefinition(BEAN, start);
			}
		}

	}

}
