package dev.kvsession.sample;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.web.http.CookieSerializer;

/**
 * Puts the session's lifetime on the session cookie. Everything else about the cookie
 * remains Boot's, from {@code server.servlet.session.cookie}.
 */
@Configuration(proxyBeanMethods = false)
class SessionCookieConfiguration {

	@Bean
	static BeanPostProcessor sessionLifetimeOnCookie() {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				return (bean instanceof CookieSerializer cookies) ? new SessionLifetimeCookieSerializer(cookies) : bean;
			}

		};
	}

}
