package dev.kvsession.codec.trust;

import java.lang.reflect.Executable;
import java.util.Collection;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.introspect.VisibilityChecker;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;
import tools.jackson.databind.jsontype.TypeIdResolver;
import tools.jackson.databind.jsontype.impl.StdTypeResolverBuilder;

/**
 * Reads Jackson's annotations, with two differences: the application's objects are stored
 * by their fields unless annotated otherwise, and class names that an annotation asks for
 * are checked.
 */
public final class AttributeAnnotations extends JacksonAnnotationIntrospector {

	private final transient TrustedTypes trusted;

	public AttributeAnnotations(TrustedTypes trusted) {
		this.trusted = trusted;
	}

	@Override
	public VisibilityChecker findAutoDetectVisibility(MapperConfig<?> config, AnnotatedClass type,
			VisibilityChecker checker) {
		boolean fields = this.trusted.isByFields(type.getName());
		return super.findAutoDetectVisibility(config, type, (fields) ? fieldsOnly(checker) : checker);
	}

	@Override
	public @Nullable Object findTypeResolverBuilder(MapperConfig<?> config, Annotated annotated) {
		Object builder = super.findTypeResolverBuilder(config, annotated);
		if (builder != null) {
			return builder;
		}
		JsonTypeInfo.Value info = findPolymorphicTypeInfo(config, annotated);
		boolean className = info != null && info.getIdType() == JsonTypeInfo.Id.CLASS;
		return (className) ? new AnnotatedTypes(this.trusted) : null;
	}

	/* The application's classes inherit Spring Security's readers and writers. */
	@Override
	public @Nullable Object findSerializer(MapperConfig<?> config, Annotated annotated) {
		return isSecurityByFields(annotated) ? null : super.findSerializer(config, annotated);
	}

	@Override
	public @Nullable Object findDeserializer(MapperConfig<?> config, Annotated annotated) {
		return isSecurityByFields(annotated) ? null : super.findDeserializer(config, annotated);
	}

	private boolean isSecurityByFields(Annotated annotated) {
		return annotated instanceof AnnotatedClass && this.trusted.isSecurityByFields(annotated.getRawType());
	}

	/* Whether a class says itself how Jackson makes its objects. */
	static boolean isAnnotated(Class<?> type) {
		if (type.isAnnotationPresent(JsonDeserialize.class) || type.isAnnotationPresent(JsonSerialize.class)) {
			return true;
		}
		Stream<Executable> makers = Stream.concat(Stream.of(type.getDeclaredConstructors()),
				Stream.of(type.getDeclaredMethods()));
		return makers.anyMatch((maker) -> maker.isAnnotationPresent(JsonCreator.class));
	}

	private static VisibilityChecker fieldsOnly(VisibilityChecker checker) {
		return checker.withFieldVisibility(Visibility.ANY)
			.withGetterVisibility(Visibility.NONE)
			.withIsGetterVisibility(Visibility.NONE)
			.withSetterVisibility(Visibility.NONE);
	}

	/**
	 * Jackson's own resolver initializes classes between angle brackets before it checks
	 * them.
	 */
	private static final class AnnotatedTypes extends StdTypeResolverBuilder {

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
		protected TypeIdResolver idResolver(DatabindContext context, JavaType baseType,
				PolymorphicTypeValidator validator, Collection<NamedType> subtypes, boolean forSerialization,
				boolean forDeserialization) {
			return (this._customIdResolver != null) ? this._customIdResolver
					: new TypeIds(baseType, subtypes, validator, this.trusted);
		}

	}

}
