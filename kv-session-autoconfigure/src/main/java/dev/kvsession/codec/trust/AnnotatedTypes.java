package dev.kvsession.codec.trust;

import java.util.Collection;

import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;
import tools.jackson.databind.jsontype.TypeIdResolver;
import tools.jackson.databind.jsontype.impl.StdTypeResolverBuilder;

/**
 * Type ids where {@code @JsonTypeInfo} asks for a class name. Jackson's own resolver
 * loads, and so initializes, the classes between angle brackets before it asks whether
 * they are allowed.
 */
final class AnnotatedTypes extends StdTypeResolverBuilder {

	private final TrustedTypes trusted;

	AnnotatedTypes(TrustedTypes trusted) {
		this.trusted = trusted;
	}

	private AnnotatedTypes(AnnotatedTypes base, Class<?> defaultType) {
		super(base, defaultType);
		this.trusted = base.trusted;
	}

	@Override
	public AnnotatedTypes withDefaultImpl(Class<?> defaultType) {
		return new AnnotatedTypes(this, defaultType);
	}

	@Override
	protected TypeIdResolver idResolver(DatabindContext context, JavaType baseType, PolymorphicTypeValidator validator,
			Collection<NamedType> subtypes, boolean forSerialization, boolean forDeserialization) {
		return (this._customIdResolver != null) ? this._customIdResolver
				: new TypeIds(baseType, subtypes, validator, this.trusted);
	}

}
