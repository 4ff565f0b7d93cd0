package dev.kvsession.sample;

import java.util.List;

/**
 * Settings that the sample needs have no value.
 */
@SuppressWarnings("serial")
final class MissingSettingsException extends RuntimeException {

	private final List<String> missing;

	MissingSettingsException(List<String> missing) {
		super("Missing settings: " + String.join(", ", missing));
		this.missing = List.copyOf(missing);
	}

	List<String> missing() {
		return this.missing;
	}

}
