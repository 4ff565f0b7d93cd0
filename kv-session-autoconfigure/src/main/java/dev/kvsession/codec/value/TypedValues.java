package dev.kvsession.codec.value;

import java.util.Collection;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;
import tools.jackson.databind.jsontype.TypeIdResolver;
import tools.jackson.databind.jsontype.impl.DefaultTypeResolverBuilder;

import dev.kvsession.codec.trust.TrustedTypes;
import dev.kvsession.codec.trust.TypeIds;

/**
 * Adds type ids where the declared type is not enough, as Spring Security's mixins
 * expect.
 */
final class TypedValues extends DefaultTypeResolverBuilder {

	private final transient TrustedTypes trusted;

	TypedValues(PolymorphicTypeValidator validator, TrustedTypes trusted) {
		super(validator, DefaultTyping.NON_FINAL, JsonTypeInfo.As.PROPERTY);
		this.trusted = trusted;
	}

	private TypedValues(TypedValues base, Class<?> defaultType) {
		super(base, defaultType);
		this.trusted = base.trusted;
	}

	@Override
	public TypedValues withDefaultImpl(Class<?> defaultType) {
		return new TypedValues(this, defaultType);
	}

	/* References are written as an array of their content, which has its own type id. */
	@Override
	public boolean useForType(JavaType type) {
		return !type.isReferenceType() && super.useForType(type);
	}

	@Override
	protected TypeIdResolver idResolver(DatabindContext context, JavaType baseType, PolymorphicTypeValidator validator,
			Collection<NamedType> subtypes, boolean forSerialization, boolean forDeserialization) {
		return new TypeIds(baseType, subtypes, validator, this.trusted);
	}

}
