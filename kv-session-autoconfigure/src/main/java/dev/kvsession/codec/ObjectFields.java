package dev.kvsession.codec;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * The fields that make up an object's state, by class: neither static nor transient, nor
 * taken out by {@code @JsonIgnore}, nor inherited from the JDK. Looked up once a class.
 */
final class ObjectFields {

	private static final ClassValue<Optional<List<Field>>> FIELDS = new ClassValue<>() {

		@Override
		protected Optional<List<Field>> computeValue(Class<?> type) {
			return find(type);
		}

	};

	private ObjectFields() {
	}

	/*
	 * Fields of a class, or {@code null} if a module keeps them closed.
	 */
	static @Nullable List<Field> of(Class<?> type) {
		return FIELDS.get(type).orElse(null);
	}

	static boolean isPlatform(Class<?> type) {
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
				&& !field.isSynthetic() && !field.isAnnotationPresent(JsonIgnore.class);
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

}
