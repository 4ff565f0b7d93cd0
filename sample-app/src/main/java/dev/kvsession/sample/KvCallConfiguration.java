package dev.kvsession.sample;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.session.web.http.HttpSessionIdResolver;

import dev.kvsession.client.KvClient;

/**
 * Makes visible what a request costs in calls to KV.
 */
@Configuration(proxyBeanMethods = false)
class KvCallConfiguration {

	@Bean
	KvCallCounter kvCallCounter() {
		return new KvCallCounter();
	}

	@Bean
	static BeanPostProcessor countingKvClient(ObjectProvider<KvCallCounter> counter) {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				return (bean instanceof KvClient client) ? new CountingKvClient(client, counter.getObject()) : bean;
			}

		};
	}

	// Outermost, so that the session's own filters are within.
	@Bean
	FilterRegistrationBean<KvCallFilter> kvCallFilter(KvCallCounter counter, HttpSessionIdResolver sessionIds) {
		FilterRegistrationBean<KvCallFilter> filter = new FilterRegistrationBean<>(
				new KvCallFilter(counter, sessionIds));
		filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
		return filter;
	}

}
