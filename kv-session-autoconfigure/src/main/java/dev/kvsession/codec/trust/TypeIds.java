package dev.kvsession.codec.trust;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;
import tools.jackson.databind.jsontype.impl.ClassNameIdResolver;

/**
 * Writes and reads type ids: class names, canonical for collections, and checked before
 * anything of the class runs.
 */
public final class TypeIds extends ClassNameIdResolver {

	private static final String TYPE_PARAMETERS = "[<>,]";

	private final TrustedTypes trusted;

	public TypeIds(JavaType baseType, Collection<NamedType> subtypes, PolymorphicTypeValidator validator,
			TrustedTypes trusted) {
		super(baseType, subtypes, validator);
		this.trusted = trusted;
	}

	@Override
	public String idFromValue(DatabindContext context, Object value) {
		return idFromValueAndType(context, value, value.getClass());
	}

	@Override
	public String idFromValueAndType(DatabindContext context, @Nullable Object value, Class<?> type) {
		Class<?> canonical = CanonicalTypes.of(type);
		String id = isEmptyEnums(value) ? idOfEmpty(value) : _idFrom(context, value, canonical);
		check(id);
		return id;
	}

	@Override
	public JavaType typeFromId(DatabindContext context, String id) {
		check(id);
		try {
			return withDeclaredContent(super.typeFromId(context, id), context);
		}
		catch (IllegalArgumentException ex) {
			throw new UntrustedTypeException(id);
		}
	}

	/* The id of an EnumMap names its keys' type; its values are written as declared. */
	private JavaType withDeclaredContent(JavaType type, DatabindContext context) {
		boolean declared = type.hasRawClass(EnumMap.class) && this._baseType.isMapLikeType();
		return (declared) ? context.getTypeFactory()
			.constructMapType(EnumMap.class, type.getKeyType(), this._baseType.getContentType()) : type;
	}

	private void check(String id) {
		String[] names = id.split(TYPE_PARAMETERS);
		for (int i = 0; i < names.length; i++) {
			boolean anyValue = i > 0 && names[i].equals(Object.class.getName());
			if (!anyValue && !isReadable(names[i])) {
				throw new UntrustedTypeException(names[i]);
			}
		}
	}

	private boolean isReadable(String name) {
		return this.trusted.isTrusted(name) || this.trusted.isSecurity(name);
	}

	private static boolean isEmptyEnums(@Nullable Object value) {
		return (value instanceof EnumSet<?> set && set.isEmpty())
				|| (value instanceof EnumMap<?, ?> map && map.isEmpty());
	}

	private static String idOfEmpty(@Nullable Object empty) {
		String type = constantsOf(empty).getName();
		return (empty instanceof Collection) ? EnumSet.class.getName() + "<" + type + ">"
				: EnumMap.class.getName() + "<" + type + "," + Object.class.getName() + ">";
	}

	/*
	 * No method tells the enum of an empty set or map, but Java serialization writes it.
	 */
	private static Class<?> constantsOf(@Nullable Object empty) {
		try (EnumFinder finder = new EnumFinder()) {
			finder.writeObject(empty);
			return finder.constants;
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("the type of the constants cannot be found");
		}
	}

	private static final class EnumFinder extends ObjectOutputStream {

		private Class<?> constants = Enum.class;

		private EnumFinder() throws IOException {
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
