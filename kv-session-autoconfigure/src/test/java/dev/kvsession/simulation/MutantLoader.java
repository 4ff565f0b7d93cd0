package dev.kvsession.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * Loads a mutant together with the simulation and all that may depend on it; everything
 * else, codec and emulator included, is shared with the real ones. Safe for concurrent
 * use.
 */
final class MutantLoader extends ClassLoader {

	private static final List<String> PACKAGES = List.of("dev.kvsession.session.", "dev.kvsession.simulation.",
			"dev.kvsession.client.engine.", "dev.kvsession.VirtualTransport");

	private final Map<String, byte[]> mutated;

	private final List<String> own = new ArrayList<>(PACKAGES);

	MutantLoader(Map<String, byte[]> mutated) {
		super(MutantLoader.class.getClassLoader());
		this.mutated = mutated;
		mutated.keySet().forEach((name) -> this.own.add(name.substring(0, name.lastIndexOf('.') + 1)));
	}

	/**
	 * Returns the simulation of the mutant.
	 * @return tells for a seed which promise the mutant broke, or {@code null}
	 */
	@SuppressWarnings("unchecked")
	LongFunction<String> trial() {
		try {
			return (LongFunction<String>) loadClass(Trial.class.getName()).getConstructor().newInstance();
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
		if (this.own.stream().noneMatch(name::startsWith)) {
			return super.loadClass(name, resolve);
		}
		synchronized (getClassLoadingLock(name)) {
			Class<?> loaded = findLoadedClass(name);
			return (loaded != null) ? loaded : define(name);
		}
	}

	private Class<?> define(String name) throws ClassNotFoundException {
		byte[] bytes = this.mutated.get(name);
		if (bytes == null) {
			try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
				if (in == null) {
					throw new ClassNotFoundException(name);
				}
				bytes = in.readAllBytes();
			}
			catch (IOException ex) {
				throw new ClassNotFoundException(name, ex);
			}
		}
		return defineClass(name, bytes, 0, bytes.length);
	}

}
