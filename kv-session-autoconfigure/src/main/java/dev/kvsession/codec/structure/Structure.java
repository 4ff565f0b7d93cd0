package dev.kvsession.codec.structure;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URL;
import java.util.AbstractList;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.trust.CanonicalTypes;
import dev.kvsession.codec.trust.SecurityTypes;

/**
 * How values of a class are taken apart, without calls of the application's equals.
 * Immutable.
 */
public final class Structure {

	private static final Class<?> REVERSED = Collections.reverseOrder(String.CASE_INSENSITIVE_ORDER).getClass();

	private static final ClassValue<Structure> STRUCTURES = new ClassValue<>() {

		@Override
		protected Structure computeValue(Class<?> type) {
			return new Structure(type);
		}

	};

	private final Class<?> type;

	private final Class<?> canonical;

	private final boolean platform;

	private final boolean collection;

	private final boolean plain;

	private final boolean text;

	private Structure(Class<?> type) {
		this.type = type;
		this.canonical = CanonicalTypes.of(type);
		this.platform = ObjectFields.isPlatform(this.canonical);
		this.collection = Map.class.isAssignableFrom(type) || Collection.class.isAssignableFrom(type);
		boolean parts = this.collection || type.isArray() || PartValues.contains(type)
				|| Throwable.class.isAssignableFrom(type) || type == REVERSED;
		this.plain = this.platform && !parts;
		this.text = type == URL.class || type == URI.class || type == StringBuilder.class || type == StringBuffer.class
				|| type.getPackageName().equals("java.util.concurrent.atomic");
	}

	public static Structure of(Object value) {
		return STRUCTURES.get(value.getClass());
	}

	/* The class as which a value of this one is stored. */
	public Class<?> canonical() {
		return this.canonical;
	}

	/*
	 * What must agree after reading: the class, of the JDK's collections only map, list,
	 * set or other, and of a failed login only that it is one.
	 */
	public Class<?> kind() {
		if (Throwable.class.isAssignableFrom(this.type) && SecurityTypes.isFailedLogin(this.type)) {
			return Throwable.class;
		}
		if (!this.collection || !this.platform) {
			return PartValues.contains(this.type) ? this.canonical : this.type;
		}
		if (Map.class.isAssignableFrom(this.canonical)) {
			return Map.class;
		}
		boolean list = List.class.isAssignableFrom(this.canonical);
		return (list) ? List.class : Set.class.isAssignableFrom(this.canonical) ? Set.class : Collection.class;
	}

	/* Whether they are values of the JDK that have no parts. */
	public boolean isPlain() {
		return this.plain;
	}

	/*
	 * Atomic values have no equals, that of a URL asks name servers, that of a URI
	 * ignores case.
	 */
	public boolean isText() {
		return this.text;
	}

	/* Whether their equals is reliable: the JDK's, and not open to subclasses. */
	public boolean isReliableKey() {
		return this.plain && !this.text && Modifier.isFinal(this.type.getModifiers());
	}

	public boolean isCollection() {
		return this.collection;
	}

	/* A map's entries, or the elements of another collection or an array. */
	public static Collection<?> elements(Object value) {
		if (value instanceof Map<?, ?> map) {
			List<Object> entries = new ArrayList<>(map.size());
			map.forEach((key, content) -> entries.add(new SimpleImmutableEntry<>(key, content)));
			return entries;
		}
		if (value instanceof Collection<?> collection) {
			return collection;
		}
		return value.getClass().isArray() ? new Elements(value) : List.of();
	}

	/* The other parts of a value of this class, always in the same order. */
	public List<@Nullable Object> fields(Object value) {
		List<@Nullable Object> parts = PartValues.parts(value);
		if (parts != null) {
			return parts;
		}
		if (BindingResults.contains(this.type)) {
			return BindingResults.parts(value);
		}
		if (this.type == REVERSED) {
			return List.of(((Comparator<?>) value).reversed());
		}
		if (this.type.getName().equals(SecurityTypes.COOKIE)) {
			return Cookies.fields(value);
		}
		List<@Nullable Object> fields = new ArrayList<>();
		boolean messageOnly = value instanceof Throwable && SecurityTypes.isMessageOnly(this.type);
		if (value instanceof Throwable throwable) {
			fields.add(throwable.getMessage());
			if (!messageOnly) {
				fields.add(throwable.getCause());
				fields.addAll(Arrays.asList(throwable.getSuppressed()));
			}
		}
		if (!this.platform && !messageOnly) {
			addDeclared(value, fields);
		}
		return fields;
	}

	/* The name of one of its fields, or an empty text if it has none. */
	public String fieldName(int index) {
		boolean declared = !this.platform && !PartValues.contains(this.type)
				&& !Throwable.class.isAssignableFrom(this.type);
		List<Field> fields = (declared) ? ObjectFields.of(this.type) : null;
		return (fields != null && index < fields.size()) ? fields.get(index).getName() : "";
	}

	private void addDeclared(Object value, List<@Nullable Object> fields) {
		List<Field> declared = ObjectFields.of(this.type);
		if (declared == null) {
			fields.add(form(value));
			return;
		}
		declared.forEach((field) -> fields.add(ObjectFields.get(field, value)));
		if (ObjectFields.inheritsState(this.type)) {
			fields.add(form(value).bytes());
		}
	}

	private static SerialForm form(Object value) {
		SerialForm form = SerialForm.of(value);
		if (form == null) {
			throw new InaccessibleObjectException("neither fields nor a serial form to look at");
		}
		return form;
	}

	/** An array as a list. */
	private static final class Elements extends AbstractList<@Nullable Object> {

		private final Object array;

		private Elements(Object array) {
			this.array = array;
		}

		@Override
		public @Nullable Object get(int index) {
			return Array.get(this.array, index);
		}

		@Override
		public int size() {
			return Array.getLength(this.array);
		}

	}

}
