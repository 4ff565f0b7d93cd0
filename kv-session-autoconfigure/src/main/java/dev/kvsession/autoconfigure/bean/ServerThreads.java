package dev.kvsession.autoconfigure.bean;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * How many requests the embedded server works on at once, as far as is known: by Boot's
 * own properties, for the server that Boot takes. Immutable.
 *
 * @param environment where the properties are
 * @param classLoader tells which server there is, or {@code null} for the default loader
 */
public record ServerThreads(Environment environment, @Nullable ClassLoader classLoader) {

	/**
	 * What Boot gives both servers. Source: {@code TomcatServerProperties} and
	 * {@code JettyServerProperties}, 4.1.0.
	 */
	private static final int DEFAULT = 200;

	/**
	 * Tells what requests that wait may take of them.
	 * @return half of the threads, one at the least; {@code null} if they are virtual, so
	 * that there is no such number, or not known
	 */
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
