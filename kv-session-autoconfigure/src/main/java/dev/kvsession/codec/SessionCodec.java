package dev.kvsession.codec;

/**
 * Turns session records and attribute values into JSON text and back. Implementations do
 * no I/O and are safe for concurrent use.
 */
public interface SessionCodec {

	/**
	 * Writes a record. Encoded attributes and unknown fields are written byte for byte.
	 * @param record the record
	 * @return the JSON text
	 * @throws IllegalArgumentException if a claim has a reserved name or is not JSON, or
	 * if the text could not be read again: a claim nested deeper than 200 levels or with
	 * a number of more than 1000 digits, a time beyond the year 8999; the message holds
	 * no values
	 */
	String encode(SessionRecord record);

	/**
	 * Reads a record without decoding its attributes.
	 * @param json the JSON text
	 * @return the record
	 * @throws NewerSchemaException if the record's {@code schema} is newer than
	 * {@link SessionRecord#SCHEMA}
	 * @throws UnreadableRecordException if the text is no session record
	 */
	SessionRecord decode(String json);

	/**
	 * Encodes an attribute's value and proves that it can be read back.
	 * @param name the attribute's name, for messages
	 * @param value the value
	 * @param at when it was set
	 * @return the encoded attribute
	 * @throws AttributeEncodingException if the value cannot be encoded, or would not
	 * come back as it is; the message names the attribute, its type and the property to
	 * set, never the value
	 */
	StoredAttribute encodeAttribute(String name, Object value, Stamp at);

	/**
	 * Decodes an attribute's value; each call gives a new object.
	 * @param name the attribute's name, for messages
	 * @param attribute the encoded attribute
	 * @return the value
	 * @throws UnreadableAttributeException if the value cannot be decoded or its type is
	 * not trusted; the message never contains the value
	 */
	Object decodeAttribute(String name, StoredAttribute attribute);

	/**
	 * Tells whether a value says the same as an attribute that is stored already, so that
	 * setting it is no change. By default, it does if it is encoded to the same text.
	 * @param name the attribute's name, for messages
	 * @param value the value
	 * @param stored the attribute as it is stored
	 * @return whether storing the value would change nothing; {@code false} if the value
	 * cannot be encoded or the stored attribute cannot be decoded
	 */
	default boolean isStored(String name, Object value, StoredAttribute stored) {
		try {
			return stored.equals(encodeAttribute(name, value, stored.at()));
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

}
