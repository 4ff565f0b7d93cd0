package dev.kvsession.codec.trust;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;

import org.jspecify.annotations.Nullable;

/**
 * Finds the type of the constants that an empty set or map may hold, which no method
 * tells: Java serialization writes it.
 */
final class EnumTypes {

	private EnumTypes() {
	}

	static boolean isEmpty(@Nullable Object value) {
		return (value instanceof EnumSet<?> set && set.isEmpty())
				|| (value instanceof EnumMap<?, ?> map && map.isEmpty());
	}

	/* The type id of an empty set or map. */
	static String idOf(@Nullable Object empty) {
		String type = typeOf(empty).getName();
		return (empty instanceof Collection) ? EnumSet.class.getName() + "<" + type + ">"
				: EnumMap.class.getName() + "<" + type + "," + Object.class.getName() + ">";
	}

	private static Class<?> typeOf(@Nullable Object empty) {
		try (Classes classes = new Classes()) {
			classes.writeObject(empty);
			return classes.constants;
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("the type of the constants cannot be found");
		}
	}

	/** Remembers an enum that is named. */
	private static final class Classes extends ObjectOutputStream {

		private Class<?> constants = Enum.class;

		private Classes() throws IOException {
			super(OutputStream.nullOutputStream());
		}

		@Override
		protected void annotateClass(Class<?> type) {
			if (type.isEnum()) {
				this.constants = type;
			}
		}

	}

}
