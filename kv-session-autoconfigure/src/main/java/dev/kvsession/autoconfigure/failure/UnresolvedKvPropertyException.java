package dev.kvsession.autoconfigure.failure;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.support.Placeholders;

/**
 * Parts of the connection hold placeholders, because the variables that they name are not
 * set. Of their texts only these names are kept.
 */
public final class UnresolvedKvPropertyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final List<Unresolved> unresolved;

	/**
	 * Creates the exception.
	 * @param settings the parts, each with a placeholder
	 */
	public UnresolvedKvPropertyException(List<KvSetting> settings) {
		super(settings.stream()
			.map(Unresolved::of)
			.map((one) -> one.property() + ": " + one.reason())
			.collect(Collectors.joining("; ")));
		this.unresolved = settings.stream().map(Unresolved::of).toList();
	}

	List<Unresolved> unresolved() {
		return this.unresolved;
	}

	/**
	 * A part with a placeholder. Immutable.
	 *
	 * @param property the property's name
	 * @param bean the type of the bean that returned it, or {@code null} if it was read
	 * from the property
	 * @param variables the variables that are not set, as far as their names may be shown
	 */
	record Unresolved(String property, @Nullable String bean, List<String> variables) {

		private static Unresolved of(KvSetting setting) {
			String text = setting.text();
			return new Unresolved(setting.property(), setting.bean(),
					(text != null) ? Placeholders.variables(text) : List.of());
		}

		String reason() {
			if (this.variables.isEmpty()) {
				return "a placeholder in it was not replaced";
			}
			return String.join(" and ", this.variables) + ((this.variables.size() > 1) ? " are" : " is") + " not set";
		}

	}

}
