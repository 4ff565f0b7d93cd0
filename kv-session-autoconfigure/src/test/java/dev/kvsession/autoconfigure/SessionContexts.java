package dev.kvsession.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.session.autoconfigure.SessionAutoConfiguration;
import org.springframework.boot.session.jdbc.autoconfigure.JdbcSessionAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.context.servlet.AnnotationConfigServletWebApplicationContext;

/**
 * Contexts with all that takes part in wiring sessions.
 */
public final class SessionContexts {

	public static final String NAMESPACE_ID = "0f2ac74b498b48028cb68387c421e279";

	public static final String ACCOUNT_ID = "023e105f4ecef8ad9ca31a8372d0c353";

	public static final String TOKEN = "a-token-that-nobody-may-see";

	private SessionContexts() {
	}

	public static WebApplicationContextRunner unconfigured() {
		return in(new WebApplicationContextRunner());
	}

	/**
	 * With all that happens at the end of the start.
	 */
	static WebApplicationContextRunner started(WebApplicationContextRunner contexts) {
		return contexts.withConfiguration(AutoConfigurations.of(KvStartAutoConfiguration.class));
	}

	/**
	 * Without a servlet context from outside, Boot takes the application for one with an
	 * embedded server.
	 */
	public static WebApplicationContextRunner embedded() {
		return configured(in(new WebApplicationContextRunner(AnnotationConfigServletWebApplicationContext::new)));
	}

	private static WebApplicationContextRunner in(WebApplicationContextRunner contexts) {
		return contexts.withConfiguration(AutoConfigurations.of(KvClientAutoConfiguration.class,
				KvSessionAutoConfiguration.class, SessionAutoConfiguration.class, JdbcSessionAutoConfiguration.class));
	}

	/**
	 * Configured for a KV that is not there, which is noticed only by a call.
	 */
	public static WebApplicationContextRunner configured() {
		return configured(unconfigured());
	}

	private static WebApplicationContextRunner configured(WebApplicationContextRunner contexts) {
		return contexts.withPropertyValues("cloudflare.kv.namespace-id=" + NAMESPACE_ID,
				"cloudflare.kv.api-token=" + TOKEN, "cloudflare.kv.account-id=" + ACCOUNT_ID,
				"cloudflare.kv.base-url=http://127.0.0.1:1/client/v4");
	}

}
