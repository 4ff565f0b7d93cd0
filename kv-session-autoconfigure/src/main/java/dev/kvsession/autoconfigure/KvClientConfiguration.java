package dev.kvsession.autoconfigure;

import java.time.Duration;
import java.time.InstantSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

import dev.kvsession.autoconfigure.bean.CallBounds;
import dev.kvsession.autoconfigure.bean.KvCallObservers;
import dev.kvsession.autoconfigure.bean.KvStartupVerification;
import dev.kvsession.autoconfigure.properties.KvProperties;
import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallObserver;
import dev.kvsession.client.KvClient;
import dev.kvsession.client.KvConnection;
import dev.kvsession.client.KvRuntime;
import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.KvTransport;
import dev.kvsession.client.ThreadKvScheduler;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.client.http.RestClientTransport;
import dev.kvsession.client.rest.RestKvClient;

/**
 * The client and the beans that it needs. No bean calls KV at the start unless
 * {@code verify-on-startup} is set. A bean is closed before those that it needs.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KvProperties.class)
class KvClientConfiguration {

	@Bean
	@ConditionalOnMissingBean(KvScheduler.class)
	ThreadKvScheduler kvScheduler() {
		return new ThreadKvScheduler();
	}

	@Bean
	@ConditionalOnMissingBean
	KvEngine kvEngine(KvClient client, KvScheduler scheduler, KvProperties properties,
			ObjectProvider<KvConnection> connection, ObjectProvider<KvCallObserver> observers) {
		KvBudget budget = CallBounds.budget(properties.getBudget(), connection.getIfAvailable());
		Duration slowCall = CallBounds.readTimeout(properties).dividedBy(2);
		return new KvEngine(client, budget, KvRuntime.system(scheduler), KvCallObservers.of(observers.orderedStream()),
				slowCall);
	}

	// Without a condition, which ahead-of-time processing would freeze.
	@Bean
	@Lazy(false)
	KvStartupVerification kvStartupVerification(KvClient client, KvProperties properties,
			ObjectProvider<KvCallObserver> observers) {
		return new KvStartupVerification(client, KvCallObservers.of(observers.orderedStream()),
				properties.isVerifyOnStartup());
	}

	/** The REST client, unless the application has a client of its own. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(KvClient.class)
	static class RestConfiguration {

		@Bean
		@ConditionalOnMissingBean(KvConnectionDetails.class)
		PropertiesKvConnectionDetails kvConnectionDetails(KvProperties properties) {
			return new PropertiesKvConnectionDetails(properties);
		}

		// Not lazy, so that a mistake fails the start and not the first request.
		@Bean
		@Lazy(false)
		KvConnection kvConnection(KvConnectionDetails details, KvProperties properties) {
			return KvSettings.of(details, properties).connection();
		}

		@Bean
		@ConditionalOnMissingBean(KvTransport.class)
		RestClientTransport kvTransport(KvConnection connection, KvProperties properties, KvScheduler scheduler) {
			Duration connect = CallBounds.connectTimeout(properties);
			Duration read = CallBounds.readTimeout(properties);
			return RestClientTransport.create(connection, connect, read, scheduler, CallBounds.limits(connect, read));
		}

		@Bean
		RestKvClient kvClient(KvConnection connection, KvTransport transport) {
			return new RestKvClient(connection, transport, InstantSource.system());
		}

	}

}
