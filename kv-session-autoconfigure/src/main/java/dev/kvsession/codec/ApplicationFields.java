package dev.kvsession.codec;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.introspect.VisibilityChecker;

/**
 * Stores the application's own objects by their fields, as Java serialization does: what
 * a getter computes is not state, and a setter may do more than set. Jackson's
 * annotations on the class win.
 */
final class ApplicationFields extends JacksonAnnotationIntrospector {

	private static final long serialVersionUID = 1L;

	private final transient TrustedTypes trusted;

	ApplicationFields(TrustedTypes trusted) {
		this.trusted = trusted;
	}

	@Override
	public VisibilityChecker findAutoDetectVisibility(MapperConfig<?> config, AnnotatedClass type,
			VisibilityChecker checker) {
		boolean fields = this.trusted.isApplication(type.getName());
		return super.findAutoDetectVisibility(config, type, (fields) ? fieldsOnly(checker) : checker);
	}

	private static VisibilityChecker fieldsOnly(VisibilityChecker checker) {
		return checker.withFieldVisibility(Visibility.ANY)
			.withGetterVisibility(Visibility.NONE)
			.withIsGetterVisibility(Visibility.NONE)
			.withSetterVisibility(Visibility.NONE);
	}

}
