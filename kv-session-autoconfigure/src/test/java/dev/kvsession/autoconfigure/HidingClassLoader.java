package dev.kvsession.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * Loads the whole class path anew, but for some packages. Unlike Spring Boot's
 * {@code FilteredClassLoader} it hides them also from the library's own classes, as if
 * the dependency were not there.
 */
final class HidingClassLoader extends URLClassLoader {

	private final List<String> hidden;

	HidingClassLoader(String... hidden) {
		super(classPath(), ClassLoader.getPlatformClassLoader());
		this.hidden = List.of(hidden);
	}

	@Override
	protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
		if (isHidden(name)) {
			throw new ClassNotFoundException(name);
		}
		return super.loadClass(name, resolve);
	}

	@Override
	public URL getResource(String name) {
		return isHidden(name.replace('/', '.')) ? null : super.getResource(name);
	}

	@Override
	public Enumeration<URL> getResources(String name) throws IOException {
		return isHidden(name.replace('/', '.')) ? Collections.emptyEnumeration() : super.getResources(name);
	}

	private boolean isHidden(String name) {
		return this.hidden.stream().anyMatch(name::startsWith);
	}

	private static URL[] classPath() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).map((entry) -> {
			try {
				return new File(entry).toURI().toURL();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}).toArray(URL[]::new);
	}

}
