package dev.kvsession.autoconfigure;

import java.util.EnumSet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.session.autoconfigure.SessionProperties;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.session.web.http.CookieHttpSessionIdResolver;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.HttpSessionIdResolver;
import org.springframework.util.StringUtils;

import dev.kvsession.autoconfigure.bean.ContainerCookies;
import dev.kvsession.autoconfigure.bean.FollowingCookies;
import dev.kvsession.autoconfigure.properties.KvSessionProperties;
import dev.kvsession.session.web.KvSessionFilter;
import dev.kvsession.session.web.SessionUnavailableHandler;

/** The filter around Spring Session's filter, and the id resolver that both use. */
@Configuration(proxyBeanMethods = false)
class KvSessionFilterConfiguration {

	private static final String FILTER = "kvSessionFilter";

	private static final String MAX_AGE = "server.servlet.session.cookie.max-age";

	// Of this type, because Boot makes the cookie serializer with
	// server.servlet.session.cookie.* only if there is no resolver or one of this type.
	@Bean
	@ConditionalOnMissingBean(HttpSessionIdResolver.class)
	CookieHttpSessionIdResolver kvHttpSessionIdResolver(ObjectProvider<CookieSerializer> cookieSerializer,
			ObjectProvider<ServletContext> servletContext, KvSessionProperties properties, Environment environment) {
		CookieSerializer cookies = cookieSerializer.getIfAvailable(() -> ContainerCookies.serializer(servletContext));
		boolean following = properties.isCookieFollowsSession() && !isMaxAgeSet(environment)
				&& !ContainerCookies.hasMaxAge(servletContext);
		CookieHttpSessionIdResolver resolver = new CookieHttpSessionIdResolver();
		resolver.setCookieSerializer(following ? new FollowingCookies(cookies) : cookies);
		return resolver;
	}

	private static boolean isMaxAgeSet(Environment environment) {
		return StringUtils.hasText(Binder.get(environment).bind(MAX_AGE, String.class).orElse(""));
	}

	@Bean(FILTER)
	KvSessionFilter kvSessionFilter(HttpSessionIdResolver idResolver,
			ObjectProvider<SessionUnavailableHandler> unavailable) {
		return new KvSessionFilter(idResolver, unavailable.getIfAvailable());
	}

	// By name, so that the container's start does not create the filter's beans.
	@Bean
	DelegatingFilterProxyRegistrationBean kvSessionFilterRegistration(SessionProperties properties) {
		DelegatingFilterProxyRegistrationBean registration = new DelegatingFilterProxyRegistrationBean(FILTER);
		registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ERROR, DispatcherType.ASYNC));
		registration.setOrder(orderBefore(properties.getServlet().getFilterOrder()));
		return registration;
	}

	private static int orderBefore(int order) {
		if (order == Integer.MIN_VALUE) {
			throw new InvalidConfigurationPropertyValueException("spring.session.servlet.filter-order", order,
					"It must be greater, because " + FILTER + " comes before Spring Session's filter.");
		}
		return order - 1;
	}

}
