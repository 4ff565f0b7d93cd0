package dev.kvsession.session.settings;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * How session ids are made, recognised and named in KV. Implementations are safe for
 * concurrent use, and neither do I/O nor take a lock.
 */
public interface SessionIds extends Predicate<String> {

	/** Makes an id for a tenant, {@code null} where there are none. */
	String generate(@Nullable String tenant);

	/** Makes an id for the tenant of another id. */
	String generateLike(String id);

	/** Whether this application can have made the id. */
	@Override
	boolean test(String id);

	/** Whether an id is of that tenant; any is where there are none. */
	boolean isOf(@Nullable String tenant, String id);

	/**
	 * Whether an id was certainly made by this application, and so lately that KV may not
	 * show its session yet.
	 */
	boolean isYoung(String id, long nowMillis);

	/** Whether an id is one that {@link #generate} would make today. */
	boolean isCurrent(String id);

	/** What stands for an id in the keys of KV. */
	UnaryOperator<String> storageNames();

}
