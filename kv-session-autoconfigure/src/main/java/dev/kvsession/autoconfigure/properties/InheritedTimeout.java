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
 * The timeout of sessions without {@code cloudflare.kv.session.timeout}: Spring
 * Session's, else the servlet container's if it is set. The container's default of 30
 * minutes is meant for sessions in memory and does not count.
 */
public final class InheritedTimeout {

	private static final Duration CONTAINER_DEFAULT = Duration.ofMinutes(30);

	private InheritedTimeout() {
	}

	/**
	 * Finds the timeout.
	 * @param springSession the properties of Spring Session
	 * @param environment may have {@code server.servlet.session.timeout}
	 * @param boots Boot's result, which code may have changed, or {@code null}
	 * @return the timeout, or {@code null} if none is set
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

	/** Read as Boot reads it: a number counts seconds. */
	record ContainerSession(@DurationUnit(ChronoUnit.SECONDS) @Nullable Duration timeout) {

	}

}
