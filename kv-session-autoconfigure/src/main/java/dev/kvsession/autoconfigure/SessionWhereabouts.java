package dev.kvsession.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.web.context.reactive.ReactiveWebApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.session.SessionRepository;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;
import org.springframework.web.context.WebApplicationContext;

import dev.kvsession.autoconfigure.properties.KvProperties;
import dev.kvsession.autoconfigure.properties.KvPropertyNames;
import dev.kvsession.client.KvClient;
import dev.kvsession.client.KvConnection;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.settings.NearCacheSettings;

/** Logs in one line where the sessions of a servlet application are kept. */
final class SessionWhereabouts {

	private static final Logger logger = LoggerFactory.getLogger(SessionWhereabouts.class);

	private static final boolean SPRING_SESSION = ClassUtils.isPresent("org.springframework.session.SessionRepository",
			SessionWhereabouts.class.getClassLoader());

	/** Enough to distinguish the namespaces of an account. */
	private static final int SHOWN_OF_NAMESPACE = 6;

	private static final long MEGABYTE = DataSize.ofMegabytes(1).toBytes();

	private SessionWhereabouts() {
	}

	static void log(ApplicationContext context) {
		if (SPRING_SESSION && Kept.log(context)) {
			return;
		}
		if (context instanceof ReactiveWebApplicationContext) {
			logger.info("kv-session keeps sessions of servlet applications only: "
					+ "those of this reactive application are not in Cloudflare KV");
		}
		else if (context instanceof WebApplicationContext) {
			logger.info("Sessions stay in the servlet container, not in Cloudflare KV: {}", reason(context));
		}
	}

	static boolean hasRepository(ApplicationContext context) {
		return SPRING_SESSION && Kept.names(context).length > 0;
	}

	private static String reason(ApplicationContext context) {
		if (!LateConfiguration.has(context, KvEngine.class)) {
			return "kv-session is not configured. Set " + KvPropertyNames.NAMESPACE_ID + " and "
					+ KvPropertyNames.API_TOKEN + " to keep them there";
		}
		if (Boolean.FALSE.equals(LateConfiguration.enabled(context.getEnvironment()))) {
			return KvPropertyNames.SESSION_PREFIX + ".enabled is false";
		}
		return SPRING_SESSION ? "the auto-configuration of sessions is excluded" : "Spring Session is missing";
	}

	/** Loaded only with Spring Session. */
	private static final class Kept {

		static String[] names(ApplicationContext context) {
			return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(context, SessionRepository.class, true, false);
		}

		static boolean log(ApplicationContext context) {
			KvSessionRepository repository = context.getBeanProvider(KvSessionRepository.class).getIfUnique();
			if (repository != null) {
				logger.info("Sessions are kept in Cloudflare KV: {}, {}, write mode {}, {}", where(context),
						budget(context), repository.getWriteMode().name().toLowerCase(Locale.ROOT),
						nearCache(repository.getNearCache()));
				return true;
			}
			for (String name : names(context)) {
				Class<?> type = context.getType(name);
				logger.info("Sessions are not kept in Cloudflare KV, but by the bean '{}' of type {}", name,
						(type != null) ? ClassUtils.getUserClass(type).getName() : "unknown");
				return true;
			}
			return false;
		}

		private static String where(ApplicationContext context) {
			KvConnection connection = context.getBeanProvider(KvConnection.class).getIfUnique();
			if (connection == null) {
				KvClient client = context.getBeanProvider(KvClient.class).getIfUnique();
				return (client != null) ? "client " + ClassUtils.getUserClass(client).getName() : "several clients";
			}
			return "namespace " + connection.namespaceId().substring(0, SHOWN_OF_NAMESPACE) + "..., host "
					+ connection.baseUrl().getHost();
		}

		private static String budget(ApplicationContext context) {
			KvEngine engine = context.getBean(KvEngine.class);
			int calls = engine.status().budgetCalls();
			Duration period = context.getBean(KvProperties.class).getBudget().getPeriod();
			return (calls == 0) ? "no budget" : "budget " + calls + " calls in " + seconds(period);
		}

		private static String nearCache(NearCacheSettings nearCache) {
			return nearCache.enabled()
					? "near cache of " + seconds(nearCache.timeToLive()) + " and up to " + size(nearCache.maxWeight())
					: "near cache off";
		}

		private static String seconds(Duration duration) {
			return DurationStyle.SIMPLE.print(duration, ChronoUnit.SECONDS);
		}

		private static String size(DataSize size) {
			return (size.toBytes() < MEGABYTE) ? size.toString() : size.toMegabytes() + "MB";
		}

	}

}
