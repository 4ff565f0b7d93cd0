package dev.kvsession.test;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import dev.kvsession.test.kv.KvEmulatorSettings;

/**
 * Runs a {@link KvEmulator} for a test class: started once, {@linkplain KvEmulator#reset
 * reset} before each test, closed at the end, injected into parameters of its type.
 * <pre class="code">
 * &#64;RegisterExtension
 * static KvEmulatorExtension kv = new KvEmulatorExtension();
 * </pre> Registered in an instance field instead, each test gets an emulator of its own.
 * {@code @ExtendWith(KvEmulatorExtension.class)} works as well. Needs JUnit Jupiter 5.13
 * or later, an optional dependency that the application brings.
 */
public final class KvEmulatorExtension
		implements BeforeAllCallback, BeforeEachCallback, ParameterResolver, AutoCloseable {

	private final KvEmulatorSettings settings;

	private @Nullable KvEmulator emulator;

	/**
	 * Runs a strongly consistent, unlimited KV.
	 * @see KvEmulatorSettings#strong()
	 */
	public KvEmulatorExtension() {
		this(KvEmulatorSettings.strong());
	}

	/**
	 * Runs a KV.
	 * @param settings the settings at the beginning of each test
	 */
	public KvEmulatorExtension(KvEmulatorSettings settings) {
		this.settings = settings;
	}

	/**
	 * Returns the emulator; starts it if necessary.
	 * @return the running emulator
	 */
	public synchronized KvEmulator emulator() {
		if (this.emulator == null) {
			this.emulator = KvEmulator.start(this.settings);
		}
		return this.emulator;
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		closeAfter(context);
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		closeAfter(context);
		emulator().reset();
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == KvEmulator.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return emulator();
	}

	/** Closes the emulator; JUnit does it at the end of the outermost scope. */
	@Override
	public synchronized void close() {
		if (this.emulator != null) {
			this.emulator.close();
			this.emulator = null;
		}
	}

	private void closeAfter(ExtensionContext context) {
		// Nested classes and methods see their parents' stores, so only the outermost
		// scope
		// registers.
		ExtensionContext.Store store = context.getStore(ExtensionContext.Namespace.create(KvEmulatorExtension.class));
		if (store.get(this) == null) {
			store.put(this, this);
		}
	}

}
