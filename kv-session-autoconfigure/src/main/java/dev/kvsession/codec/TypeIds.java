package dev.kvsession.codec;

import java.util.Collection;

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
final class TypeIds extends ClassNameIdResolver {

	private static final String THROWABLES = Throwable[].class.getName();

	private static final String TYPE_PARAMETERS = "[<>,]";

	private final TrustedTypes trusted;

	TypeIds(JavaType baseType, Collection<NamedType> subtypes, PolymorphicTypeValidator validator,
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
		String id = _idFrom(context, value, canonical);
		for (String name : id.split(TYPE_PARAMETERS)) {
			if (!isWritable(name)) {
				throw new UntrustedTypeException(name);
			}
		}
		return id;
	}

	/*
	 * Whether a value of the class may be written. Spring Security's mixins write parts
	 * without reading their ids back, so this is wider than what may be read; the
	 * read-back decides.
	 */
	private boolean isWritable(String name) {
		return isReadable(name) || name.equals(THROWABLES);
	}

	private boolean isReadable(String name) {
		return this.trusted.isTrusted(name) || this.trusted.isSecurity(name);
	}

	@Override
	public JavaType typeFromId(DatabindContext context, String id) {
		String[] names = id.split(TYPE_PARAMETERS);
		for (int i = 0; i < names.length; i++) {
			boolean anything = i > 0 && names[i].equals(Object.class.getName());
			if (!anything && !isReadable(names[i])) {
				throw new UntrustedTypeException(names[i]);
			}
		}
		return super.typeFromId(context, id);
	}

}
