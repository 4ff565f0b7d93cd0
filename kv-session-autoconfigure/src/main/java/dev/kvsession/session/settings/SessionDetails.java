package dev.kvsession.session.settings;

import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Decides what a user's list of sessions says of a session beyond its times, such as the
 * browser or the country. A bean of this type replaces the default, which notes nothing.
 * Implementations are safe for concurrent use and do no I/O.
 */
@FunctionalInterface
public interface SessionDetails {

	/** Notes nothing. */
	SessionDetails NONE = (headers) -> Map.of();

	/**
	 * Returns what to note of a login. Called once, when a request saves its session with
	 * another principal than before, or first enters it in an index; not outside of a
	 * request.
	 * @param headers gives the first value of a request header, or {@code null} if there
	 * is none; such as {@code User-Agent} or Cloudflare's {@code CF-IPCountry}
	 * @return texts by name; together at most 600 bytes of JSON, longer ones are cut.
	 * Whoever can read the namespace can read them.
	 */
	Map<String, String> details(Function<String, @Nullable String> headers);

}
