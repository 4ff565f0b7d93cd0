package dev.kvsession.test;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NodeVersionTests {

	@ParameterizedTest
	@ValueSource(strings = { "v20.18.1", "v20.18.10", "v20.20.2", "v21.0.0", "v22.0.0-nightly", "v100.0.0" })
	void takesWhatTheWorkersPackagesRunOn(String version) {
		assertThat(NodeVersion.missing(version)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "v20.18.0, v20.18.0", "v20.9.0, v20.9.0", "v18.20.4, v18.20.4", "v9.11.2, v9.11.2", "'', none",
			"node: not found, node: not found" })
	void saysWhatIsThereAndWhatIsNeeded(String version, String told) {
		assertThat(NodeVersion.missing(version))
			.isEqualTo("it needs Node 20.18.1 or newer, and this machine has " + told);
	}

}
