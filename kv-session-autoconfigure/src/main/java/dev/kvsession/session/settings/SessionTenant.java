package dev.kvsession.session.settings;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Names the tenant of a request, where one application serves several. A bean of this
 * type binds each session to the tenant of the request that created it: at another tenant
 * its id is nobody's. Needs signed ids. Implementations are safe for concurrent use and
 * do no I/O.
 */
@FunctionalInterface
public interface SessionTenant {

	/** There are no tenants. */
	SessionTenant NONE = (headers) -> null;

	/**
	 * Returns the tenant of a request. Called once for each request that has a session id
	 * or creates a session; not outside of a request, where a session's own tenant
	 * counts.
	 * @param headers gives the first value of a request header, or {@code null} if there
	 * is none; such as {@code Host}, if a proxy has checked it
	 * @return any text, or {@code null} for no tenant, which is one of its own
	 */
	@Nullable String tenant(Function<String, @Nullable String> headers);

}
