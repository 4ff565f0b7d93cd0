package dev.kvsession;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;
import org.opentest4j.TestAbortedException;

import dev.kvsession.test.EdgeWorkerExtension;
import dev.kvsession.test.KvEmulator;

/**
 * The emulator over HTTP, and the gateway Worker in workerd; each runs once in a JVM.
 * Where workerd cannot run, the tests on it are skipped.
 */
final class TestKvs implements ArgumentsProvider {

	private static final Path WORKER = Path.of("..", "edge-worker");

	@Override
	public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
		return Stream.of(TestKv.emulator(() -> emulator(context)), workerd(context)).map(Arguments::of);
	}

	private static Map<String, Object> emulator(ExtensionContext context) {
		return context.getRoot()
			.getStore(ExtensionContext.Namespace.create(TestKvs.class))
			.computeIfAbsent(KvEmulator.class, (key) -> KvEmulator.start(), KvEmulator.class)
			.properties();
	}

	private static TestKv workerd(ExtensionContext context) {
		EdgeWorkerExtension extension = new EdgeWorkerExtension(WORKER);
		try {
			extension.beforeAll(context);
			return TestKv.workerd(() -> extension.worker().properties());
		}
		catch (TestAbortedException ex) {
			return TestKv.workerd(() -> {
				throw ex;
			});
		}
	}

}
