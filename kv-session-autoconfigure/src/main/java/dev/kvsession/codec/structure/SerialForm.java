package dev.kvsession.codec.structure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One object by Java serialization, without the objects that it refers to. Works where
 * modules forbid reflection. The bytes have {@code null} for each reference.
 */
record SerialForm(byte[] bytes, List<Object> references) {

	/** Returns null if the object cannot be serialized. */
	static @Nullable SerialForm of(Object object) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (Shallow out = new Shallow(bytes)) {
			out.writeObject(object);
			out.flush();
			return new SerialForm(bytes.toByteArray(), out.references);
		}
		catch (IOException | RuntimeException ex) {
			return null;
		}
	}

	/** Writes the first object, and keeps those below it instead of writing them. */
	private static final class Shallow extends ObjectOutputStream {

		private final List<Object> references = new ArrayList<>();

		private boolean started;

		private Shallow(OutputStream out) throws IOException {
			super(out);
			enableReplaceObject(true);
		}

		@Override
		protected @Nullable Object replaceObject(Object object) {
			if (!this.started) {
				this.started = true;
				return object;
			}
			this.references.add(object);
			return null;
		}

	}

}
