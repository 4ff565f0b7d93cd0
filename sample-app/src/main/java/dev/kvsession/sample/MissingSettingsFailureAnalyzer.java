package dev.kvsession.sample;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which settings are missing, and what to do.
 */
final class MissingSettingsFailureAnalyzer extends AbstractFailureAnalyzer<MissingSettingsException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, MissingSettingsException cause) {
		return new FailureAnalysis(
				"These settings have no value:" + System.lineSeparator() + "    "
						+ String.join(System.lineSeparator() + "    ", cause.missing()),
				"Set the environment variables named above. To try the sample without any account, run"
						+ " './mvnw -Pdemo'.",
				cause);
	}

}
