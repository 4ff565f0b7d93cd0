package dev.kvsession.simulation;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles changed main sources against the real ones, in memory.
 */
final class MutantCompiler {

	private MutantCompiler() {
	}

	/**
	 * Compiles a mutant's sources.
	 * @param mutant the mutant
	 * @return the class files by class name
	 */
	static Map<String, byte[]> compile(Mutant mutant) {
		List<JavaFileObject> units = new ArrayList<>();
		MarkedSources.MAIN.changed(mutant).forEach((name, text) -> units.add(new Source(name, text)));
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		StringWriter messages = new StringWriter();
		Output output = new Output(compiler.getStandardFileManager(null, null, null));
		boolean compiled = compiler.getTask(messages, output, null, List.of("-proc:none", "-nowarn", "-parameters",
				"--release", "17", "-cp", System.getProperty("java.class.path")), null, units)
			.call();
		if (!compiled) {
			throw new AssertionError("The mutant '" + mutant + "' does not compile: " + messages);
		}
		Map<String, byte[]> classes = new HashMap<>();
		output.classes.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
		return classes;
	}

	private static final class Source extends SimpleJavaFileObject {

		private final String text;

		Source(String className, String text) {
			super(URI.create("string:///" + className.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
			this.text = text;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.text;
		}

	}

	private static final class Output extends ForwardingJavaFileManager<JavaFileManager> {

		private final Map<String, ByteArrayOutputStream> classes = new HashMap<>();

		Output(JavaFileManager files) {
			super(files);
		}

		@Override
		public JavaFileObject getJavaFileForOutput(Location location, String className, JavaFileObject.Kind kind,
				FileObject sibling) {
			return new SimpleJavaFileObject(URI.create("memory:///" + className.replace('.', '/')), kind) {

				@Override
				public OutputStream openOutputStream() {
					ByteArrayOutputStream bytes = new ByteArrayOutputStream();
					Output.this.classes.put(className, bytes);
					return bytes;
				}

			};
		}

	}

}
