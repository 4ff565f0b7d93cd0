package dev.kvsession.codec.structure;

import java.io.Serializable;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.objenesis.Objenesis;
import org.springframework.objenesis.SpringObjenesis;

/** An object's state: fields that are neither static nor transient nor the JDK's. */
public final class ObjectFields {

	private static final Objenesis OBJENESIS = new SpringObjenesis();

	private static final ClassValue<Optional<List<Field>>> FIELDS = new ClassValue<>() {

		@Override
		protected Optional<List<Field>> computeValue(Class<?> type) {
			return find(type);
		}

	};

	private ObjectFields() {
	}

	/* Fields of a class, or null if a module keeps them closed. */
	public static @Nullable List<Field> of(Class<?> type) {
		return FIELDS.get(type).orElse(null);
	}

	/*
	 * Whether Java serialization would write inherited state of the JDK, other than a
	 * collection's or an exception's.
	 */
	static boolean inheritsState(Class<?> type) {
		Class<?> inherited = type;
		while (!isPlatform(inherited)) {
			inherited = inherited.getSuperclass();
		}
		return Serializable.class.isAssignableFrom(inherited) && inherited != Number.class
				&& !Collection.class.isAssignableFrom(inherited) && !Map.class.isAssignableFrom(inherited)
				&& !Throwable.class.isAssignableFrom(inherited) && inherited != Enum.class;
	}

	public static boolean isPlatform(Class<?> type) {
		String name = type.getName();
		return name.startsWith("java.") || name.startsWith("javax.") || name.startsWith("sun.")
				|| name.startsWith("jdk.");
	}

	private static Optional<List<Field>> find(Class<?> type) {
		List<Field> fields = new ArrayList<>();
		for (Class<?> c = type; c != null && !isPlatform(c); c = c.getSuperclass()) {
			for (Field field : c.getDeclaredFields()) {
				if (isState(field)) {
					fields.add(field);
				}
			}
		}
		return open(fields) ? Optional.of(List.copyOf(fields)) : Optional.empty();
	}

	private static boolean isState(Field field) {
		return !Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())
				&& !field.isSynthetic();
	}

	private static boolean open(List<Field> fields) {
		try {
			AccessibleObject.setAccessible(fields.toArray(new AccessibleObject[0]), true);
			return true;
		}
		catch (InaccessibleObjectException ex) {
			return false;
		}
	}

	public static @Nullable Object get(Field field, Object owner) {
		try {
			return field.get(owner);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException("a field that was opened is closed", ex);
		}
	}

	/*
	 * Makes an object without a constructor; returns the instance of Kotlin's singletons.
	 */
	public static Object instanceOf(Class<?> type) {
		Object singleton = singleton(type);
		return (singleton != null) ? singleton : OBJENESIS.newInstance(type);
	}

	private static @Nullable Object singleton(Class<?> type) {
		try {
			Field field = type.getDeclaredField("INSTANCE");
			boolean only = field.getType() == type && Modifier.isStatic(field.getModifiers())
					&& Modifier.isFinal(field.getModifiers()) && List.of().equals(of(type));
			return (only) ? field.get(null) : null;
		}
		catch (NoSuchFieldException | IllegalAccessException ex) {
			return null;
		}
	}

}
