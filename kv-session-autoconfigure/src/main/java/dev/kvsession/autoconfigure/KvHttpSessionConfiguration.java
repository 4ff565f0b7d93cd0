package dev.kvsession.autoconfigure;

import java.time.Duration;
import java.util.Objects;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.session.autoconfigure.SessionProperties;
import org.springframework.boot.session.autoconfigure.SessionTimeout;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportAware;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.session.SessionIdGenerator;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.config.annotation.web.http.SpringHttpSessionConfiguration;

import dev.kvsession.autoconfigure.bean.CodecWarmUp;
import dev.kvsession.autoconfigure.bean.KvSessionFlush;
import dev.kvsession.autoconfigure.bean.ProtectionCustomizer;
import dev.kvsession.autoconfigure.bean.ServerThreads;
import dev.kvsession.autoconfigure.bean.SessionPropertiesCustomizer;
import dev.kvsession.autoconfigure.properties.InheritedTimeout;
import dev.kvsession.autoconfigure.properties.KvProperties;
import dev.kvsession.autoconfigure.properties.KvPropertyNames;
import dev.kvsession.autoconfigure.properties.KvSessionEncryptionProperties;
import dev.kvsession.autoconfigure.properties.KvSessionIdProperties;
import dev.kvsession.autoconfigure.properties.KvSessionProperties;
import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.codec.JdkFallback;
import dev.kvsession.codec.JsonSessionCodec;
import dev.kvsession.codec.SessionCodec;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.settings.SessionClaims;
import dev.kvsession.session.settings.SessionTenant;

/**
 * Sessions in KV, for {@link KvSessionAutoConfiguration} and {@link EnableKvHttpSession}
 * alike. Needs the beans of {@link KvClientConfiguration}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ KvSessionProperties.class, KvSessionIdProperties.class,
		KvSessionEncryptionProperties.class, SessionProperties.class })
@Import({ SpringHttpSessionConfiguration.class, KvSessionFilterConfiguration.class,
		KvIndexedSessionConfiguration.class })
class KvHttpSessionConfiguration implements ImportAware {

	private MergedAnnotation<EnableKvHttpSession> annotation = MergedAnnotation.missing();

	@Override
	public void setImportMetadata(AnnotationMetadata importMetadata) {
		this.annotation = importMetadata.getAnnotations().get(EnableKvHttpSession.class);
	}

	@Bean
	@ConditionalOnMissingBean(SessionCodec.class)
	JsonSessionCodec kvSessionCodec(KvSessionProperties properties, ResourceLoader resourceLoader) {
		ClassLoader loader = Objects.requireNonNullElse(resourceLoader.getClassLoader(), getClass().getClassLoader());
		JdkFallback fallback = properties.isJdkFallback() ? JdkFallback.ON : JdkFallback.OFF;
		try {
			return new JsonSessionCodec(loader, properties.getJson().getTrustedPackages(), fallback);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException(
					KvPropertyNames.SESSION_PREFIX + ".json.trusted-packages",
					properties.getJson().getTrustedPackages(), ex.getMessage());
		}
	}

	@Bean
	@ConditionalOnBean(JsonSessionCodec.class)
	CodecWarmUp kvCodecWarmUp(JsonSessionCodec codec) {
		return new CodecWarmUp(codec);
	}

	// Not lazy, so that a property out of range fails the start, not the first request.
	@Bean
	@Lazy(false)
	@ConditionalOnProperty(name = KvPropertyNames.REPOSITORY_TYPE, havingValue = "default", matchIfMissing = true)
	KvSessionRepository sessionRepository(KvEngine kv, KvScheduler scheduler, SessionCodec codec,
			ObjectProvider<SessionRepositoryCustomizer<KvSessionRepository>> customizers) {
		KvSessionRepository repository = new KvSessionRepository(kv, scheduler, codec);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(repository));
		return repository;
	}

	@Bean
	@Lazy(false)
	KvSessionFlush kvSessionFlush(KvSessionRepository repository, ObjectProvider<LifecycleProperties> lifecycle) {
		Duration phase = lifecycle.getIfAvailable(LifecycleProperties::new).getTimeoutPerShutdownPhase();
		return new KvSessionFlush(repository, phase);
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	SessionRepositoryCustomizer<KvSessionRepository> kvSessionBeansCustomizer(ApplicationEventPublisher events,
			ObjectProvider<SessionIdGenerator> idGenerator, ObjectProvider<SessionClaims> claims) {
		return (repository) -> {
			repository.setApplicationEventPublisher(events);
			idGenerator.ifAvailable(repository::setSessionIdGenerator);
			claims.ifAvailable(repository::setSessionClaims);
		};
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE + 1)
	SessionRepositoryCustomizer<KvSessionRepository> kvSessionPropertiesCustomizer(KvSessionProperties properties,
			SessionProperties springSession, ObjectProvider<SessionTimeout> boots, Environment environment,
			ResourceLoader resourceLoader) {
		return new SessionPropertiesCustomizer(properties,
				InheritedTimeout.find(springSession, environment, boots.getIfAvailable()),
				new ServerThreads(environment, resourceLoader.getClassLoader()));
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE + 1)
	SessionRepositoryCustomizer<KvSessionRepository> kvSessionHandoffCustomizer(KvSessionProperties properties,
			ObjectProvider<KvConnectionDetails> details, ObjectProvider<KvProperties> connection) {
		return new HandoffCustomizer(properties.getHandoff().isEnabled(),
				KvSettings.of(details.getIfAvailable(), connection.getIfAvailable()));
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE + 1)
	SessionRepositoryCustomizer<KvSessionRepository> kvSessionProtectionCustomizer(KvSessionIdProperties ids,
			KvSessionEncryptionProperties encryption, ObjectProvider<SessionTenant> tenant,
			ObjectProvider<KvConnectionDetails> details, ObjectProvider<KvProperties> connection) {
		KvSettings settings = KvSettings.of(details.getIfAvailable(), connection.getIfAvailable());
		return new ProtectionCustomizer(ids, encryption, settings.namespaceId().text(), tenant.getIfAvailable());
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE + 2)
	SessionRepositoryCustomizer<KvSessionRepository> kvSessionAnnotationCustomizer() {
		return new SessionAnnotationCustomizer(this.annotation);
	}

}
