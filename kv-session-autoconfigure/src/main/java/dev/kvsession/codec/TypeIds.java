package dev.kvsession.codec;

import java.util.Collection;
import java.util.function.Predicate;

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

	/*
	 * Spring Security's mixins write the suppressed exceptions of one, and do not read
	 * them back.
	 */
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
		check(id, (name) -> isReadable(name) || name.equals(THROWABLES));
		return id;
	}

	@Override
	public JavaType typeFromId(DatabindContext context, String id) {
		check(id, this::isReadable);
		return super.typeFromId(context, id);
	}

	private static void check(String id, Predicate<String> allowed) {
		String[] names = id.split(TYPE_PARAMETERS);
		for (int i = 0; i < names.length; i++) {
			boolean anyValue = i > 0 && names[i].equals(Object.class.getName());
			if (!anyValue && !allowed.test(names[i])) {
				throw new UntrustedTypeException(names[i]);
			}
		}
	}

	private boolean isReadable(String name) {
		return this.trusted.isTrusted(name) || this.trusted.isSecurity(name);
	}

}
