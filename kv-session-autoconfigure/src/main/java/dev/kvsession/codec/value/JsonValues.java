package dev.kvsession.codec.value;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import org.springframework.util.function.SingletonSupplier;
import tools.jackson.core.JsonParser;
import tools.jackson.core.util.JsonParserDelegate;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.json.JsonMapper;

import dev.kvsession.codec.trust.TrustedTypes;

/**
 * Values as JSON with type ids. Builds the mapper, which takes some tenths of a second,
 * at first use. Safe for concurrent use.
 */
public final class JsonValues implements ValueFormat {

	private static final Pattern CLASS_NAME = Pattern
		.compile("[\\p{javaJavaIdentifierStart}][\\p{javaJavaIdentifierPart}]*([./][\\p{javaJavaIdentifierPart}]+)*");

	private final ClassLoader loader;

	private final TrustedTypes trusted;

	private final Supplier<Mapper> mapper;

	public JsonValues(ClassLoader loader, TrustedTypes trusted) {
		this.loader = loader;
		this.trusted = trusted;
		this.mapper = SingletonSupplier.of(() -> Mapper.build(loader, trusted));
	}

	@Override
	public String name() {
		return ValueFormat.JSON;
	}

	@Override
	public String write(Object value) throws ValueFormatException {
		try {
			return Surrogates.escapeLone(this.mapper.get().writer().writeValueAsString(value));
		}
		catch (RuntimeException | StackOverflowError | LinkageError ex) {
			throw ValueFormatException.of("cannot be written as JSON", ex);
		}
	}

	@Override
	public Object read(String raw) throws ValueFormatException {
		ObjectReader reader = this.mapper.get().reader();
		try (JsonParser parser = new SharingParser(reader.createParser(raw))) {
			Object value = reader.readValue(parser);
			if (value == null) {
				throw new ValueFormatException("is null in JSON", null);
			}
			return value;
		}
		catch (InvalidTypeIdException ex) {
			throw ((ex.getTypeId() != null) ? refused(ex.getTypeId())
					: new ValueFormatException("does not say its type", null))
				.at(Wording.place(ex));
		}
		catch (RuntimeException | StackOverflowError | LinkageError ex) {
			ValueFormatException failure = ValueFormatException.of("cannot be read from JSON", ex);
			throw (failure.untrustedType() != null) ? refused(failure.untrustedType()).at(failure.place()) : failure;
		}
	}

	/*
	 * The type is trusted and yet unusable. Text that is no class name is not repeated.
	 */
	private ValueFormatException refused(String typeName) {
		for (String name : typeName.split("[<>,]")) {
			String type = TrustedTypes.componentOf(name);
			boolean known = type != null && this.trusted.isTrusted(name) && CLASS_NAME.matcher(type).matches();
			if (!known || type == null) {
				return untrusted(typeName);
			}
			if (!exists(type)) {
				return missing(type);
			}
		}
		return new ValueFormatException("holds a " + typeName + " where the class around it declares another type; one "
				+ "of them was changed since", null);
	}

	private static ValueFormatException missing(String type) {
		if (Wording.isGenerated(type)) {
			return new ValueFormatException("holds a " + type + ", which is generated at run time", type);
		}
		return new ValueFormatException("holds a " + type + ", a class that this application does not have: it was "
				+ "renamed, moved or removed, or another version of the application wrote it. Keep the class under its old name as long as sessions hold it",
				null);
	}

	/*
	 * Names only existing types: a forged record may have any text there. Does not
	 * initialize them.
	 */
	private ValueFormatException untrusted(String typeName) {
		String name = (exists(typeName)) ? typeName : "type of unknown name";
		return new ValueFormatException("holds a " + name + ", which is not trusted", name);
	}

	private boolean exists(String typeName) {
		try {
			Class.forName(typeName, false, this.loader);
			return true;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

	/** The mapper's two sides. */
	private record Mapper(ObjectWriter writer, ObjectReader reader) {

		static Mapper build(ClassLoader loader, TrustedTypes trusted) {
			JsonMapper mapper = AttributeMapper.build(loader, trusted);
			return new Mapper(mapper.writerFor(Object.class), mapper.readerFor(Object.class));
		}

	}

	/** Shares equal strings: a login holds the user's attributes several times. */
	private static final class SharingParser extends JsonParserDelegate {

		private final Map<String, String> strings = new HashMap<>();

		SharingParser(JsonParser parser) {
			super(parser);
		}

		@Override
		public String getString() {
			String string = super.getString();
			String known = this.strings.putIfAbsent(string, string);
			return (known != null) ? known : string;
		}

	}

}
