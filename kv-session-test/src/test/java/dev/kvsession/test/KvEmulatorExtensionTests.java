package dev.kvsession.test;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.kvsession.test.kv.KvEmulatorSettings;

import static org.assertj.core.api.Assertions.assertThat;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KvEmulatorExtensionTests {

	@RegisterExtension
	static final KvEmulatorExtension extension = new KvEmulatorExtension();

	private static String address = "";

	@Test
	@Order(1)
	void injectsTheEmulator(KvEmulator kv) {
		assertThat(kv).isSameAs(extension.emulator());
		kv.contents().store("left-over", "v", null);
		kv.reconfigure(kv.settings().withAccounts(0));
		address = kv.baseUrl();
	}

	@Test
	@Order(2)
	void resetsBetweenTestsOnTheSamePort(KvEmulator kv) {
		assertThat(kv.contents().keys("")).isEmpty();
		assertThat(kv.settings()).isEqualTo(KvEmulatorSettings.strong());
		assertThat(kv.baseUrl()).isEqualTo(address);
	}

	@Nested
	class NestedTests {

		@Test
		void nestedClassesShareTheEmulator(KvEmulator kv) {
			assertThat(kv.baseUrl()).isEqualTo(extension.emulator().baseUrl());
		}

	}

}
