package dev.kvsession.autoconfigure.bean;

import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.session.security.web.authentication.SpringSessionRememberMeServices;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.util.ClassUtils;

/**
 * Session cookies as the servlet container configures them, as Spring Session's own
 * configuration makes them. Used where Boot makes no cookie serializer, as in a WAR.
 */
public final class ContainerCookies {

	private static final int UNSET = -1;

	private static final boolean REMEMBER_ME = ClassUtils.isPresent(
			"org.springframework.security.web.authentication.RememberMeServices",
			ContainerCookies.class.getClassLoader());

	private ContainerCookies() {
	}

	public static DefaultCookieSerializer serializer(ObjectProvider<ServletContext> servletContext) {
		DefaultCookieSerializer serializer = new DefaultCookieSerializer();
		SessionCookieConfig config = configOf(servletContext.getIfAvailable());
		if (config != null) {
			PropertyMapper map = PropertyMapper.get();
			map.from(config::getName).to(serializer::setCookieName);
			map.from(config::getDomain).to(serializer::setDomainName);
			map.from(config::getPath).to(serializer::setCookiePath);
			map.from(config::getMaxAge).when((age) -> age != UNSET).to(serializer::setCookieMaxAge);
		}
		if (REMEMBER_ME) {
			serializer.setRememberMeRequestAttribute(RememberMe.ATTRIBUTE);
		}
		return serializer;
	}

	public static boolean hasMaxAge(ObjectProvider<ServletContext> servletContext) {
		SessionCookieConfig config = configOf(servletContext.getIfAvailable());
		return config != null && config.getMaxAge() != UNSET;
	}

	private static @Nullable SessionCookieConfig configOf(@Nullable ServletContext context) {
		try {
			return (context != null) ? context.getSessionCookieConfig() : null;
		}
		catch (UnsupportedOperationException ex) {
			// Thrown for listeners that were not declared to the container.
			return null;
		}
	}

	/** Loaded only if Spring Security is present. */
	private static final class RememberMe {

		static final String ATTRIBUTE = SpringSessionRememberMeServices.REMEMBER_ME_LOGIN_ATTR;

	}

}
