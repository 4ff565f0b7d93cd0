package dev.kvsession.codec.trust;

import java.util.Collection;
import java.util.EnumMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;
import tools.jackson.databind.jsontype.impl.ClassNameIdResolver;

/**
 * Writes and reads the type id beside a value: a class name, canonical for collections
 * and checked in both directions before anything of the class runs.
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
		String id = EnumTypes.isEmpty(value) ? EnumTypes.idOf(value) : _idFrom(context, value, canonical);
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

	/*
	 * The id of a map of constants names the type of its keys, but values are written as
	 * the declared type of the map demands.
	 */
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

}
