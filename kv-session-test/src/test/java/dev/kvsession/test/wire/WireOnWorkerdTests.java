package dev.kvsession.test.wire;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.kvsession.test.EdgeWorker;
import dev.kvsession.test.EdgeWorkerExtension;
import dev.kvsession.test.KvEmulator;
import dev.kvsession.test.KvEmulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is known of KV's REST API holds for the gateway on Cloudflare's runtime, and the
 * emulator answers as it does.
 */
class WireOnWorkerdTests {

	@RegisterExtension
	static final EdgeWorkerExtension worker = new EdgeWorkerExtension(Path.of("..", "edge-worker"));

	@RegisterExtension
	static final KvEmulatorExtension emulator = new KvEmulatorExtension();

	@ParameterizedTest(name = "{0}")
	@MethodSource("dev.kvsession.test.wire.WireCases#all")
	void answersAsKnownAndAsTheEmulator(WireCase wire, EdgeWorker worker, KvEmulator emulator) throws IOException {
		List<Reply> workerd = new WireServer(worker.properties()).answers(wire);
		wire.check(workerd);
		List<Reply> emulated = new WireServer(emulator.properties()).answers(wire);
		assertThat(wire.comparable(emulated)).as(wire.name()).isEqualTo(wire.comparable(workerd));
	}

}
