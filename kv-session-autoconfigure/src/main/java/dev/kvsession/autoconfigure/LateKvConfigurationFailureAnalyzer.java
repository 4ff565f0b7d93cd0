package dev.kvsession.autoconfigure;

import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

import dev.kvsession.autoconfigure.failure.LateKvConfigurationException;
import dev.kvsession.autoconfigure.failure.PropertyOrigins;

/**
 * Explains a {@link LateKvConfigurationException}.
 */
final class LateKvConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<LateKvConfigurationException> {

	private final PropertyOrigins origins;

	LateKvConfigurationFailureAnalyzer(Environment environment) {
		this.origins = new PropertyOrigins(environment);
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, LateKvConfigurationException cause) {
		String late = Stream
			.concat(cause.properties().stream().map(this.origins::describe),
					cause.beans().stream().map((type) -> "a bean of type " + type))
			.collect(Collectors.joining(" and "));
		String when = cause.aheadOfTime() ? "when the application was built ahead of time (AOT)"
				: "when auto-configuration asked, before any bean was made";
		return new FailureAnalysis("Cloudflare KV is configured too late: " + late + " was not there, or was another, "
				+ when + ". Sessions would be kept elsewhere than configured.", action(cause), cause);
	}

	private static String action(LateKvConfigurationException cause) {
		if (cause.aheadOfTime()) {
			return "Build the application again with " + String.join(" and ", cause.properties())
					+ " set as it is to run (of the connection, any value will do: it is read again when the application "
					+ "starts), or start it without -Dspring.aot.enabled=true.";
		}
		return "A DynamicPropertyRegistrar bean sets its properties too late for conditions. Set them in a static "
				+ "@DynamicPropertySource method or in the properties of the test, or give the connection by a bean of "
				+ "type " + KvConnectionDetails.class.getName() + ". To go without Cloudflare KV, exclude "
				+ KvClientAutoConfiguration.class.getSimpleName() + ".";
	}

}
