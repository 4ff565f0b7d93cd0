package dev.kvsession.simulation;

import java.util.List;

import dev.kvsession.codec.JdkFallback;
import dev.kvsession.codec.JsonSessionCodec;
import dev.kvsession.codec.SessionCodec;
import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.Stamp;
import dev.kvsession.codec.StoredAttribute;

/**
 * Real records with attributes that are plain words, so that a simulation does not spend
 * its time on encoding values.
 */
final class PlainCodec implements SessionCodec {

	static final SessionCodec INSTANCE = new PlainCodec();

	private final SessionCodec records = new JsonSessionCodec(PlainCodec.class.getClassLoader(), List.of(),
			JdkFallback.OFF);

	private PlainCodec() {
	}

	@Override
	public String encode(SessionRecord record) {
		return this.records.encode(record);
	}

	@Override
	public SessionRecord decode(String json) {
		return this.records.decode(json);
	}

	@Override
	public StoredAttribute encodeAttribute(String name, Object value, Stamp at) {
		return new StoredAttribute(at, "json", '"' + (String) value + '"');
	}

	@Override
	public Object decodeAttribute(String name, StoredAttribute attribute) {
		return word(attribute);
	}

	static String word(StoredAttribute attribute) {
		return attribute.raw().substring(1, attribute.raw().length() - 1);
	}

}
