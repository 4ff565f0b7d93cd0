package dev.kvsession.autoconfigure.failure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

/**
 * Tells where properties were read from. Never tells their values.
 */
public final class PropertyOrigins {

	private final Environment environment;

	public PropertyOrigins(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Names a property with the place it comes from.
	 * @param name the property's canonical name
	 * @param bean the type of the bean that gave it instead, or {@code null} for none
	 * @return the name, followed by its origin in parentheses if that is known
	 */
	String describe(String name, @Nullable String bean) {
		return (bean != null) ? name + " (from " + bean + ")" : describe(name);
	}

	/**
	 * Names a property with the place it comes from.
	 * @param name the property's canonical name
	 * @return the name, followed by its origin in parentheses if that is known
	 */
	public String describe(String name) {
		ConfigurationPropertyName key = ConfigurationPropertyName.of(name);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty property = source.getConfigurationProperty(key);
			if (property != null) {
				return (property.getOrigin() != null) ? name + " (from " + property.getOrigin() + ")" : name;
			}
		}
		return name;
	}

}
