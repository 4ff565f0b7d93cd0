package dev.kvsession.codec.structure;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.objenesis.Objenesis;
import org.springframework.objenesis.SpringObjenesis;

/** Makes objects without calling a constructor. Safe for concurrent use. */
public final class Instances {

	/** Where Kotlin keeps the only instance of an {@code object}. */
	private static final String SINGLETON = "INSTANCE";

	private static final Objenesis OBJENESIS = new SpringObjenesis();

	private Instances() {
	}

	public static Object of(Class<?> type) {
		Object singleton = singleton(type);
		return (singleton != null) ? singleton : OBJENESIS.newInstance(type);
	}

	private static @Nullable Object singleton(Class<?> type) {
		try {
			Field field = type.getDeclaredField(SINGLETON);
			boolean only = field.getType() == type && Modifier.isStatic(field.getModifiers())
					&& Modifier.isFinal(field.getModifiers()) && !hasFields(type);
			return (only) ? field.get(null) : null;
		}
		catch (NoSuchFieldException | IllegalAccessException ex) {
			return null;
		}
	}

	private static boolean hasFields(Class<?> type) {
		List<Field> fields = ObjectFields.of(type);
		return fields == null || !fields.isEmpty();
	}

}
