package dev.kvsession.autoconfigure.bean;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Threads of the embedded server, as Boot's own properties set them. Immutable.
 *
 * @param environment the properties
 * @param classLoader finds the server; {@code null} for the default loader
 */
public record ServerThreads(Environment environment, @Nullable ClassLoader classLoader) {

	/** Source: Boot's TomcatServerProperties and JettyServerProperties, 4.1.0. */
	private static final int DEFAULT = 200;

	/** Returns half of the threads, at least 1; {@code null} if virtual or unknown. */
	public @Nullable Integer half() {
		Integer threads = count();
		return (threads != null) ? Math.max(1, threads / 2) : null;
	}

	private @Nullable Integer count() {
		if (Threading.VIRTUAL.isActive(this.environment)) {
			return null;
		}
		if (ClassUtils.isPresent("org.apache.catalina.startup.Tomcat", this.classLoader)) {
			return property("server.tomcat.threads.max");
		}
		return ClassUtils.isPresent("org.eclipse.jetty.server.Server", this.classLoader)
				? property("server.jetty.threads.max") : null;
	}

	private Integer property(String name) {
		return this.environment.getProperty(name, Integer.class, DEFAULT);
	}

}
