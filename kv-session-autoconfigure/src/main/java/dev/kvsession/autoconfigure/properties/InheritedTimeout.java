package dev.kvsession.autoconfigure.properties;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.boot.session.autoconfigure.SessionProperties;
import org.springframework.boot.session.autoconfigure.SessionTimeout;
import org.springframework.core.env.Environment;

/**
 * The timeout of sessions where this library's own property has none: Spring Session's,
 * else the servlet container's if somebody has set that. Its default of 30 minutes is for
 * sessions in memory and does not count.
 */
public final class InheritedTimeout {

	private static final Duration CONTAINER_DEFAULT = Duration.ofMinutes(30);

	private InheritedTimeout() {
	}

	/**
	 * Looks for a timeout.
	 * @param springSession the properties of Spring Session
	 * @param environment where {@code server.servlet.session.timeout} may be set
	 * @param boots what Boot made of it, or {@code null}: an application may have changed
	 * that by code
	 * @return the timeout, or {@code null} if nobody has set one
	 */
	public static @Nullable Duration find(SessionProperties springSession, Environment environment,
			@Nullable SessionTimeout boots) {
		Duration timeout = springSession.getTimeout();
		if (timeout == null) {
			ContainerSession set = Binder.get(environment)
				.bind("server.servlet.session", Bindable.of(ContainerSession.class))
				.orElse(null);
			timeout = (set != null) ? set.timeout() : null;
		}
		if (timeout == null && boots != null && !CONTAINER_DEFAULT.equals(boots.getTimeout())) {
			timeout = boots.getTimeout();
		}
		return timeout;
	}

	/**
	 * Of the container's properties this one, read as Boot does: a number counts seconds.
	 *
	 * @param timeout the timeout, or {@code null} if it is not set
	 */
	record ContainerSession(@DurationUnit(ChronoUnit.SECONDS) @Nullable Duration timeout) {

	}

}
