package dev.kvsession.codec.value;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.util.Base64;

import dev.kvsession.codec.trust.SecurityTypes;
import dev.kvsession.codec.trust.TrustedTypes;

/**
 * Values by Java serialization, as Base64 in a JSON string, read through JdkFilter.
 * Failed logins are JSON inside.
 */
public final class JdkValues implements ValueFormat {

	private final ClassLoader loader;

	private final ObjectInputFilter filter;

	private final ValueFormat json;

	public JdkValues(ClassLoader loader, TrustedTypes trusted, ValueFormat json) {
		this.loader = loader;
		this.json = json;
		this.filter = new JdkFilter(trusted);
	}

	@Override
	public String name() {
		return ValueFormat.JDK;
	}

	@Override
	public String write(Object value) throws ValueFormatException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new Output(bytes)) {
			out.writeObject(value);
		}
		catch (IOException | RuntimeException | StackOverflowError | LinkageError ex) {
			throw ValueFormatException.of("cannot be written by Java serialization", ex);
		}
		return '"' + Base64.getEncoder().encodeToString(bytes.toByteArray()) + '"';
	}

	@Override
	public Object read(String raw) throws ValueFormatException {
		try (ObjectInputStream in = new FilteredInput(new ByteArrayInputStream(decode(raw)))) {
			return in.readObject();
		}
		catch (IOException | ClassNotFoundException | RuntimeException | StackOverflowError | LinkageError ex) {
			throw ValueFormatException.of("cannot be read by Java serialization", ex);
		}
	}

	private static byte[] decode(String raw) {
		boolean quoted = raw.length() > 1 && raw.startsWith("\"") && raw.endsWith("\"");
		return Base64.getDecoder().decode((quoted) ? raw.substring(1, raw.length() - 1) : raw);
	}

	private final class Output extends ObjectOutputStream {

		private Output(OutputStream out) throws IOException {
			super(out);
			enableReplaceObject(true);
		}

		@Override
		protected Object replaceObject(Object object) throws IOException {
			if (!(object instanceof Throwable) || !SecurityTypes.isMessageOnly(object.getClass())) {
				return object;
			}
			try {
				return new StoredFailure(JdkValues.this.json.write(object));
			}
			catch (ValueFormatException ex) {
				throw new InvalidObjectException("an exception cannot be written");
			}
		}

	}

	private final class FilteredInput extends ObjectInputStream {

		private FilteredInput(InputStream in) throws IOException {
			super(in);
			setObjectInputFilter(JdkValues.this.filter);
			enableResolveObject(true);
		}

		@Override
		protected Object resolveObject(Object object) throws IOException {
			try {
				return (object instanceof StoredFailure failure) ? JdkValues.this.json.read(failure.json()) : object;
			}
			catch (ValueFormatException ex) {
				throw new InvalidObjectException("an exception cannot be read");
			}
		}

		@Override
		protected Class<?> resolveClass(ObjectStreamClass description) throws ClassNotFoundException {
			return Class.forName(description.getName(), false, JdkValues.this.loader);
		}

		@Override
		protected Class<?> resolveProxyClass(String[] interfaces) throws IOException {
			throw new InvalidClassException("dynamic proxies are not read");
		}

	}

}
