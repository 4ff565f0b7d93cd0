package dev.kvsession.test.wire;

import java.io.IOException;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.kvsession.test.KvEmulator;
import dev.kvsession.test.KvEmulatorExtension;

/**
 * What is known of KV's REST API holds for the emulator. {@link WireOnWorkerdTests} has
 * what is not known.
 */
class WireOnTheEmulatorTests {

	@RegisterExtension
	static final KvEmulatorExtension extension = new KvEmulatorExtension();

	@ParameterizedTest(name = "{0}")
	@MethodSource("dev.kvsession.test.wire.WireCases#all")
	void answersAsKnown(WireCase wire, KvEmulator kv) throws IOException {
		wire.check(new WireServer(kv.properties()).answers(wire));
	}

}
