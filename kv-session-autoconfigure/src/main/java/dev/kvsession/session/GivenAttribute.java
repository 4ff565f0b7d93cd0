package dev.kvsession.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.kvsession.session.record.AttributeCell;

/**
 * An attribute whose value the application holds because it read or saved it in this
 * request, and those before it: a list, the latest first. Immutable.
 */
record GivenAttribute(String name, AttributeCell cell, @Nullable GivenAttribute before) {

	/**
	 * How Spring names the attribute of a session-scoped bean. Spring sets it again after
	 * the response, too late for its handoff. Source: the private {@code
	 * TARGET_NAME_PREFIX} of Spring's {@code ScopedProxyUtils}, 7.0.
	 */
	private static final String SESSION_BEAN = "scopedTarget.";

	/** Finds an attribute as it was given last. */
	static @Nullable AttributeCell find(@Nullable GivenAttribute given, String name) {
		for (GivenAttribute one = given; one != null; one = one.before) {
			if (one.name.equals(name)) {
				return one.cell;
			}
		}
		return null;
	}

	/**
	 * Finds the attribute that a value of the application was decoded from. There may be
	 * several of one name, if another instance's change came in between.
	 */
	static @Nullable AttributeCell findHolder(@Nullable GivenAttribute given, String name, Object value) {
		for (GivenAttribute one = given; one != null; one = one.before) {
			if (one.name.equals(name) && one.cell.holds(value)) {
				return one.cell;
			}
		}
		return null;
	}

	/**
	 * Leaves out attributes that the application has changed: to set an old value again
	 * is a change then.
	 */
	static @Nullable GivenAttribute without(@Nullable GivenAttribute given, Set<String> names) {
		Deque<GivenAttribute> kept = new ArrayDeque<>();
		for (GivenAttribute one = given; one != null; one = one.before) {
			if (!names.contains(one.name)) {
				kept.push(one);
			}
		}
		GivenAttribute others = null;
		for (GivenAttribute one : kept) {
			others = new GivenAttribute(one.name, one.cell, others);
		}
		return others;
	}

	/** Finds the session-scoped beans, each as it was given last. */
	static Map<String, AttributeCell> beans(@Nullable GivenAttribute given) {
		Map<String, AttributeCell> beans = Map.of();
		for (GivenAttribute one = given; one != null; one = one.before) {
			if (one.name.startsWith(SESSION_BEAN)) {
				beans = beans.isEmpty() ? new LinkedHashMap<>() : beans;
				beans.putIfAbsent(one.name, one.cell);
			}
		}
		return beans;
	}

}
