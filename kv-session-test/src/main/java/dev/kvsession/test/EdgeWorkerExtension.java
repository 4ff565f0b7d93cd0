package dev.kvsession.test;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Runs an {@link EdgeWorker} for test classes and injects it into parameters of its type.
 * All classes of a JVM with the same folder and variables share one Worker. What a test
 * stores stays there, so tests choose keys of their own.
 * <p>
 * If the Worker cannot run, its tests are skipped with a message that says why; with
 * {@code WORKERD=required} in the environment, as on a build server, they fail.
 */
public final class EdgeWorkerExtension implements BeforeAllCallback, ParameterResolver {

	private static final System.Logger LOGGER = System.getLogger(EdgeWorkerExtension.class.getName());

	private final Path folder;

	private final Map<String, String> variables;

	private @Nullable EdgeWorker worker;

	/**
	 * Runs the Worker with all keys open.
	 * @param folder where {@code edge-worker} lies
	 */
	public EdgeWorkerExtension(Path folder) {
		this(folder, Map.of("KEY_PREFIXES", "*"));
	}

	/**
	 * Runs the Worker.
	 * @param folder where {@code edge-worker} lies
	 * @param variables the Worker's variables
	 * @see EdgeWorker#start
	 */
	public EdgeWorkerExtension(Path folder, Map<String, String> variables) {
		this.folder = folder;
		this.variables = Map.copyOf(variables);
	}

	/**
	 * Returns the Worker.
	 * @return the running Worker
	 * @throws IllegalStateException before the first test of the class
	 */
	public EdgeWorker worker() {
		if (this.worker == null) {
			throw new IllegalStateException("The Worker is started before the first test of a class");
		}
		return this.worker;
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		String missing = EdgeWorker.missing(this.folder);
		if (missing != null) {
			String message = "Left out " + context.getDisplayName() + ", which runs against workerd: " + missing;
			if ("required".equals(System.getenv("WORKERD"))) {
				throw new AssertionError(message);
			}
			LOGGER.log(Level.WARNING, message);
			Assumptions.abort(message);
		}
		ExtensionContext.Store store = context.getRoot()
			.getStore(ExtensionContext.Namespace.create(EdgeWorkerExtension.class));
		this.worker = store.computeIfAbsent(this.folder + " " + this.variables,
				(key) -> EdgeWorker.start(this.folder, this.variables), EdgeWorker.class);
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == EdgeWorker.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return worker();
	}

}
