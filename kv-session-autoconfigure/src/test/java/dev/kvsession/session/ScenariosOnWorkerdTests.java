package dev.kvsession.session;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.kvsession.test.EdgeWorkerExtension;
import dev.kvsession.test.KvEmulatorSettings;
import dev.kvsession.test.KvLatency;

/**
 * What sessions do, once more with answers from Cloudflare's own runtime, in the engine's
 * virtual time. workerd on one machine is strongly consistent and has no faults: what KV
 * does at its worst is the emulator's to show.
 */
class ScenariosOnWorkerdTests {

	private static final KvLatency LATENCY = KvLatency.between(Duration.ofMillis(5), Duration.ofMillis(50));

	@RegisterExtension
	static final EdgeWorkerExtension extension = new EdgeWorkerExtension(Path.of("..", "edge-worker"),
			Mirror.VARIABLES);

	private static World world() {
		return new World(KvEmulatorSettings.strong().withLatency(LATENCY), new Mirror(extension.worker()));
	}

	@Nested
	class SaveAndFind extends SaveAndFindTests {

		@Override
		World newWorld() {
			return world();
		}

	}

	@Nested
	class ChangeSessionId extends ChangeSessionIdTests {

		@Override
		World newWorld() {
			return world();
		}

	}

	@Nested
	class ConcurrentChanges extends ConcurrentChangesTests {

		@Override
		World newWorld() {
			return world();
		}

	}

	@Nested
	class Instances extends InstancesTests {

		@Override
		World newWorld() {
			return world();
		}

	}

	@Nested
	class Unreadable extends UnreadableTests {

		@Override
		World newWorld() {
			return world();
		}

	}

	@Nested
	class FlushModes extends FlushModeTests {

		@Override
		World newWorld() {
			return world();
		}

	}

}
