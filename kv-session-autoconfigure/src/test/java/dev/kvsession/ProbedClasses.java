package dev.kvsession;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;

import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;

import dev.kvsession.autoconfigure.KvSessionAutoConfiguration;

/**
 * Loads the library and its tests a second time. Each method and constructor of the
 * library first calls {@link PathProbe#hit}; static initializers do not.
 */
final class ProbedClasses extends ClassLoader {

	private static final URL LIBRARY = KvSessionAutoConfiguration.class.getProtectionDomain()
		.getCodeSource()
		.getLocation();

	ProbedClasses() {
		super(ProbedClasses.class.getClassLoader());
	}

	@Override
	protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
		if (!name.startsWith("dev.kvsession.") || name.startsWith("dev.kvsession.test.")
				|| name.equals(PathProbe.class.getName())) {
			return super.loadClass(name, resolve);
		}
		synchronized (getClassLoadingLock(name)) {
			Class<?> loaded = findLoadedClass(name);
			return (loaded != null) ? loaded : define(name);
		}
	}

	private Class<?> define(String name) throws ClassNotFoundException {
		String file = name.replace('.', '/') + ".class";
		URL url = getParent().getResource(file);
		if (url == null) {
			throw new ClassNotFoundException(name);
		}
		try (InputStream stream = url.openStream()) {
			byte[] code = stream.readAllBytes();
			byte[] defined = url.toString().contains(LIBRARY.getPath()) ? probed(name, code) : code;
			return defineClass(name, defined, 0, defined.length);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static byte[] probed(String name, byte[] code) {
		ClassReader reader = new ClassReader(code);
		ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
		reader.accept(new Probes(name, writer), 0);
		return writer.toByteArray();
	}

	private static final class Probes extends ClassVisitor {

		private static final int API = Opcodes.ASM9;

		private final String name;

		Probes(String name, ClassVisitor next) {
			super(API, next);
			this.name = name;
		}

		@Override
		public MethodVisitor visitMethod(int access, String method, String descriptor, String signature,
				String[] exceptions) {
			MethodVisitor next = super.visitMethod(access, method, descriptor, signature, exceptions);
			return method.equals("<clinit>") ? next : new MethodVisitor(API, next) {

				@Override
				public void visitCode() {
					super.visitCode();
					visitLdcInsn(Probes.this.name);
					visitMethodInsn(Opcodes.INVOKESTATIC, PathProbe.class.getName().replace('.', '/'), "hit",
							"(Ljava/lang/String;)V", false);
				}

			};
		}

	}

}
