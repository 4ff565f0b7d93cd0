package dev.kvsession.codec;

import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Values as JSON with type ids.
 */
final class JsonValues implements ValueFormat {

	private final ObjectWriter writer;

	private final ObjectReader reader;

	JsonValues(ClassLoader loader, TrustedTypes trusted) {
		JsonMapper mapper = AttributeMapper.build(loader, trusted);
		this.writer = mapper.writerFor(Object.class);
		this.reader = mapper.readerFor(Object.class);
	}

	@Override
	public String name() {
		return RecordFields.FORMAT_JSON;
	}

	@Override
	public String write(Object value) throws ValueFormatException {
		try {
			return Surrogates.escapeLone(this.writer.writeValueAsString(value));
		}
		catch (RuntimeException | StackOverflowError ex) {
			throw ValueFormatException.of("cannot be written as JSON", ex);
		}
	}

	@Override
	public Object read(String raw) throws ValueFormatException {
		try {
			Object value = this.reader.readValue(raw);
			if (value == null) {
				throw new ValueFormatException("is null", null);
			}
			return value;
		}
		catch (InvalidTypeIdException ex) {
			throw new ValueFormatException("holds a type that is not trusted", ex.getTypeId());
		}
		catch (RuntimeException | StackOverflowError ex) {
			throw ValueFormatException.of("cannot be read from JSON", ex);
		}
	}

}
