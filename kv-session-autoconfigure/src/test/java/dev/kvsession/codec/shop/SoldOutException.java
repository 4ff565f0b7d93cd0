package dev.kvsession.codec.shop;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * An exception whose annotations, made for a web page, let JSON carry its message alone.
 */
@JsonAutoDetect(fieldVisibility = Visibility.NONE, getterVisibility = Visibility.NONE)
public class SoldOutException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	@JsonCreator
	public SoldOutException(@JsonProperty("message") String message) {
		super(message);
	}

	@Override
	@JsonProperty("message")
	public String getMessage() {
		return super.getMessage();
	}

}
