package dev.kvsession.autoconfigure.properties;

import java.beans.PropertyDescriptor;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** The names of this library's properties, as its classes have them. Immutable. */
public final class KnownProperties {

	/** The classes whose properties are bound, each with its prefix. */
	static final Map<String, Class<?>> TYPES = Map.of(KvPropertyNames.PREFIX, KvProperties.class,
			KvPropertyNames.SESSION_PREFIX, KvSessionProperties.class, KvPropertyNames.SESSION_PREFIX + ".id",
			KvSessionIdProperties.class, KvPropertyNames.SESSION_PREFIX + ".encryption",
			KvSessionEncryptionProperties.class, KvPropertyNames.PREFIX + ".cost", KvCostProperties.class);

	/** Share of characters that may differ between a name and its correction. */
	private static final double NEAR = 0.4;

	private static final String SEPARATORS = "[.\\-\\[\\]]";

	/** The names; true if more elements may follow, as in a list or map. */
	private final Map<ConfigurationPropertyName, Boolean> names;

	private KnownProperties(Map<ConfigurationPropertyName, Boolean> names) {
		this.names = names;
	}

	public static KnownProperties ofLibrary() {
		Map<ConfigurationPropertyName, Boolean> names = new HashMap<>();
		TYPES.forEach((prefix, type) -> add(names, ConfigurationPropertyName.of(prefix), type));
		return new KnownProperties(Map.copyOf(names));
	}

	private static void add(Map<ConfigurationPropertyName, Boolean> names, ConfigurationPropertyName prefix,
			Class<?> type) {
		for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(type)) {
			Class<?> valueType = property.getPropertyType();
			if (valueType == null || property.getReadMethod() == null || valueType == Class.class) {
				continue;
			}
			ConfigurationPropertyName name = prefix.append(dashed(property.getName()));
			if (property.getWriteMethod() == null && valueType.getPackage() == type.getPackage()) {
				add(names, name, valueType);
			}
			else {
				names.put(name, Collection.class.isAssignableFrom(valueType) || Map.class.isAssignableFrom(valueType));
			}
		}
	}

	private static String dashed(String property) {
		StringBuilder name = new StringBuilder();
		property.chars().forEach((c) -> {
			if (Character.isUpperCase(c)) {
				name.append('-');
			}
			name.append((char) Character.toLowerCase(c));
		});
		return name.toString();
	}

	public Stream<String> names() {
		return this.names.keySet().stream().map(ConfigurationPropertyName::toString);
	}

	boolean isKnown(ConfigurationPropertyName name) {
		return this.names.containsKey(name) || this.names.entrySet()
			.stream()
			.anyMatch((known) -> known.getValue() && known.getKey().isAncestorOf(name));
	}

	/** Whether known names begin with this name. */
	boolean isSection(ConfigurationPropertyName name) {
		return this.names.keySet().stream().anyMatch(name::isAncestorOf);
	}

	/**
	 * Whether a variable sets a known property. Boot names it with dots for underscores.
	 */
	boolean isVariable(ConfigurationPropertyName name) {
		String variable = name.toString();
		return this.names.entrySet()
			.stream()
			.anyMatch((known) -> forms(known.getKey())
				.anyMatch((form) -> variable.equals(form) || (known.getValue() && startsWithElement(variable, form))));
	}

	static boolean isBelowVariable(ConfigurationPropertyName prefix, ConfigurationPropertyName name) {
		return forms(prefix).anyMatch((form) -> startsWithElement(name.toString(), form));
	}

	private static boolean startsWithElement(String variable, String form) {
		return variable.startsWith(form + ".") || variable.startsWith(form + "[");
	}

	// Boot reads NEARCACHE and, as in older releases, NEAR_CACHE for near-cache.
	private static Stream<String> forms(ConfigurationPropertyName name) {
		return Stream.of(name.toString().replace("-", ""), name.toString().replace('-', '.'));
	}

	/**
	 * Returns the known name most like an unknown one, or {@code null} if none is like
	 * it.
	 */
	@Nullable String nearest(String name) {
		String nearest = null;
		int least = Integer.MAX_VALUE;
		for (String known : names().sorted().toList()) {
			int distance = distance(name, known);
			if (distance < least) {
				least = distance;
				nearest = known;
			}
		}
		return nearest;
	}

	/*
	 * The number of characters to change after the common beginning, without separators;
	 * 1 if only the beginning is missing, and 0 if that is whole elements.
	 */
	private static int distance(String name, String known) {
		int same = 0;
		for (int i = 0; i < Math.min(name.length(), known.length()) && name.charAt(i) == known.charAt(i); i++) {
			same = (name.charAt(i) == '.') ? i + 1 : same;
		}
		if (known.substring(same).endsWith("." + name.substring(same))) {
			return 0;
		}
		String from = name.substring(same).replaceAll(SEPARATORS, "");
		String to = known.substring(same).replaceAll(SEPARATORS, "");
		if (to.endsWith(from)) {
			return Math.min(1, to.length() - from.length());
		}
		int changed = changed(from, to);
		return (changed <= Math.max(2, NEAR * Math.max(from.length(), to.length()))) ? changed : Integer.MAX_VALUE;
	}

	// Levenshtein distance.
	private static int changed(String from, String to) {
		int[] row = IntStream.rangeClosed(0, to.length()).toArray();
		for (int i = 1; i <= from.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j <= to.length(); j++) {
				int replaced = diagonal + ((from.charAt(i - 1) != to.charAt(j - 1)) ? 1 : 0);
				diagonal = row[j];
				row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
			}
		}
		return row[to.length()];
	}

}
