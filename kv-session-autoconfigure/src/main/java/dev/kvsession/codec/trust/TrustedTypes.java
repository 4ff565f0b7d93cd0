package dev.kvsession.codec.trust;

import java.lang.reflect.Modifier;
import java.util.Collection;

import org.jspecify.annotations.Nullable;

/** Which types a session may hold. Immutable. */
public final class TrustedTypes {

	public static final String SECURITY = "org.springframework.security.";

	private static final String PRIMITIVES = "ZBCSIJFD";

	private final TrustedPackages application;

	public TrustedTypes(Collection<String> application) {
		this.application = new TrustedPackages(application);
	}

	/* Whether a class, or an array's component, may be instantiated from a record. */
	public boolean isTrusted(String className) {
		String name = componentOf(className);
		if (name == null) {
			return true;
		}
		return PlatformTypes.VALUES.contains(name) || PlatformTypes.COLLECTIONS.contains(name)
				|| SecurityTypes.NAMES.contains(name) || isApplication(name) || PlatformTypes.KOTLIN.contains(name)
				|| (PlatformTypes.COMPONENTS.contains(name) && !name.equals(className));
	}

	/* Whether a class may be loaded to ask Spring Security's own allow list about it. */
	boolean isSecurity(String className) {
		String name = componentOf(className);
		return name != null && name.startsWith(SECURITY);
	}

	/* Whether its objects are stored by their fields. */
	public boolean isByFields(String className) {
		return isApplication(className) || PlatformTypes.KOTLIN.contains(className);
	}

	/* The application's subclasses of Spring Security's, unless annotated for Jackson. */
	public boolean isSecurityByFields(Class<?> type) {
		if (SecurityTypes.BY_FIELDS.contains(type.getName())) {
			return true;
		}
		if (!isApplication(type.getName()) || SecurityTypes.isMessageOnly(type)
				|| Modifier.isAbstract(type.getModifiers())) {
			return false;
		}
		Class<?> c = type;
		while (c != null && isApplication(c.getName()) && !AttributeAnnotations.isAnnotated(c)) {
			c = c.getSuperclass();
		}
		return c != null && c.getName().startsWith(SECURITY) && !isApplication(c.getName());
	}

	boolean isApplication(String className) {
		return this.application.contains(className);
	}

	/*
	 * An array's innermost component, null if primitive; a name that is no array's is
	 * returned.
	 */
	public static @Nullable String componentOf(String className) {
		int dimensions = 0;
		while (dimensions < className.length() && className.charAt(dimensions) == '[') {
			dimensions++;
		}
		if (dimensions == 0) {
			return className;
		}
		String component = className.substring(dimensions);
		if (component.length() == 1 && PRIMITIVES.contains(component)) {
			return null;
		}
		boolean object = component.startsWith("L") && component.endsWith(";");
		return object ? component.substring(1, component.length() - 1) : className;
	}

}
