package dev.kvsession.session.handoff;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;

import dev.kvsession.session.settings.HandoffKey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class HandoffKeyTests {

	private static final String TEXT = "a-secret-that-nobody-may-see-0000";

	@Test
	void saysWhetherItIsOfTheToken() {
		assertThat(HandoffKey.of(TEXT, "namespace").isOfToken()).isFalse();
		assertThat(HandoffKey.ofToken(TEXT, "namespace").isOfToken()).isTrue();
	}

	@Test
	void isTheSameOfBoth() {
		assertThat(HandoffKey.ofToken(TEXT, "namespace").derive("session:"))
			.isEqualTo(HandoffKey.of(TEXT, "namespace").derive("session:"));
	}

	@Test
	@DisplayName("P12 toString leaves the token out")
	void toStringLeavesTheTokenOut() {
		assertThat(HandoffKey.ofToken(TEXT, "namespace").toString()).contains("namespace").doesNotContain(TEXT);
	}

	@ParameterizedTest
	@NullAndEmptySource
	void refusesNoText(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> HandoffKey.of(text, "namespace"));
		assertThatIllegalArgumentException().isThrownBy(() -> HandoffKey.ofToken(text, "namespace"));
	}

}
