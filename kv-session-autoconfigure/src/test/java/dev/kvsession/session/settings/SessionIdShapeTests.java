package dev.kvsession.session.settings;

import org.junit.jupiter.api.Test;
import org.springframework.session.UuidSessionIdGenerator;

import static org.assertj.core.api.Assertions.assertThat;

class SessionIdShapeTests {

	@Test
	void admitsWhatTheGeneratorsMake() {
		SecureSessionIdGenerator secure = new SecureSessionIdGenerator();
		UuidSessionIdGenerator uuid = UuidSessionIdGenerator.getInstance();
		for (int i = 0; i < 1000; i++) {
			assertThat(SessionIdShape.of(secure).test(secure.generate())).isTrue();
			assertThat(SessionIdShape.of(uuid).test(uuid.generate())).isTrue();
		}
	}

	@Test
	void ofAForeignGeneratorLengthAndCharactersDecide() {
		SessionIdShape shape = SessionIdShape.of(() -> "x");
		assertThat(shape.test("x".repeat(15))).isFalse();
		assertThat(shape.test("x".repeat(16))).isTrue();
		assertThat(shape.test("x".repeat(128))).isTrue();
		assertThat(shape.test("x".repeat(129))).isFalse();
		for (char c = 0; c < 256; c++) {
			boolean unreserved = (c < 128 && Character.isLetterOrDigit(c)) || "-._~".indexOf(c) >= 0;
			assertThat(shape.test("0123456789abcdef" + c)).isEqualTo(unreserved);
		}
	}

}
