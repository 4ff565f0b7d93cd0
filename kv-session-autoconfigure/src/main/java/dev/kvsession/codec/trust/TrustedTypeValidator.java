package dev.kvsession.codec.trust;

import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;

/**
 * Jackson's view of {@link TrustedTypes} and Spring Security's allow list. Never approves
 * by base type or name alone, so that type parameters are checked, too.
 */
public final class TrustedTypeValidator extends PolymorphicTypeValidator {

	private final transient TrustedTypes trusted;

	private final PolymorphicTypeValidator security;

	public TrustedTypeValidator(TrustedTypes trusted, PolymorphicTypeValidator security) {
		this.trusted = trusted;
		this.security = security;
	}

	@Override
	public Validity validateBaseType(DatabindContext context, JavaType baseType) {
		return Validity.INDETERMINATE;
	}

	@Override
	public Validity validateSubClassName(DatabindContext context, JavaType baseType, String className) {
		boolean possible = this.trusted.isTrusted(className) || this.trusted.isSecurity(className);
		return (possible) ? Validity.INDETERMINATE : Validity.DENIED;
	}

	@Override
	public Validity validateSubType(DatabindContext context, JavaType baseType, JavaType subType) {
		String name = subType.getRawClass().getName();
		boolean allowed = this.trusted.isTrusted(name) || (this.trusted.isSecurity(name)
				&& this.security.validateSubType(context, baseType, subType) == Validity.ALLOWED);
		return (allowed) ? Validity.ALLOWED : Validity.DENIED;
	}

}
