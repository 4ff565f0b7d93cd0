package dev.kvsession.session.settings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SessionKeysTests {

	@ParameterizedTest
	@CsvSource({ "session:, session:ID, session-gone:ID", "app:session:, app:session:ID, app:session-gone:ID",
			"s, sID, s-gone:ID", "tenant/, tenant/ID, tenant/-gone:ID" })
	void names(String prefix, String record, String marker) {
		assertThat(new SessionKeys(prefix).record("ID")).isEqualTo(record);
		assertThat(new SessionKeys(prefix).gone("ID")).isEqualTo(marker);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "a\n", "a\t", "\u007F", "ü", "a\u0000" })
	void refusesPrefixes(String prefix) {
		assertThatIllegalArgumentException().isThrownBy(() -> new SessionKeys(prefix)).withMessageContaining("prefix");
	}

	@Test
	void theLongestPrefixLeavesRoomForTheLongestIdAndTheMarker() {
		SessionKeys keys = new SessionKeys("p".repeat(256));
		assertThat(keys.gone("x".repeat(128)).length()).isLessThanOrEqualTo(512);
		assertThatIllegalArgumentException().isThrownBy(() -> new SessionKeys("p".repeat(257)));
	}

}
