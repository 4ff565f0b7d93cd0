package dev.kvsession.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.kvsession.session.record.AttributeCell;

/**
 * An attribute whose value the application holds: it read or saved it in this request.
 * The latest stands in front of those before. Immutable.
 *
 * @param name the attribute's name
 * @param cell the attribute as it was then
 * @param before what was given before, or {@code null}
 */
record GivenAttribute(String name, AttributeCell cell, @Nullable GivenAttribute before) {

	/**
	 * How Spring names the attribute of a session-scoped bean. Spring sets it again after
	 * the response, too late for the handoff of this response. Source: the private
	 * {@code TARGET_NAME_PREFIX} of Spring's {@code ScopedProxyUtils}, 7.0.
	 */
	private static final String SESSION_BEAN = "scopedTarget.";

	/**
	 * Finds what the application holds of an attribute.
	 * @param given what was given, or {@code null} for nothing
	 * @param name the attribute's name
	 * @return the attribute as it was given last, or {@code null} if it was not
	 */
	static @Nullable AttributeCell find(@Nullable GivenAttribute given, String name) {
		for (GivenAttribute one = given; one != null; one = one.before) {
			if (one.name.equals(name)) {
				return one.cell;
			}
		}
		return null;
	}

	/**
	 * Finds from what a value was decoded that the application holds. It may hold several
	 * of one attribute, if another instance's change was taken over in between.
	 * @param given what was given, or {@code null} for nothing
	 * @param name the attribute's name
	 * @param value the value
	 * @return the attribute as it was when the value was given, or {@code null} if it was
	 * not
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
	 * Leaves out attributes that the application has changed itself: to set an old value
	 * again is a change then.
	 * @param given what was given, or {@code null} for nothing
	 * @param names the attributes' names
	 * @return what was given of the others
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

	/**
	 * Finds the session-scoped beans among what was given.
	 * @param given what was given, or {@code null} for nothing
	 * @return the beans as they were given last
	 */
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
