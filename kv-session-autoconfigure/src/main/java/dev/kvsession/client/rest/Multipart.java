package dev.kvsession.client.rest;

import java.nio.charset.StandardCharsets;

/** A body that carries a value together with its metadata. Immutable. */
public record Multipart(String contentType, byte[] body) {

	public static Multipart of(String value, String metadata) {
		String boundary = boundary(value, metadata);
		String text = part(boundary, "value", value) + part(boundary, "metadata", metadata) + "--" + boundary
				+ "--\r\n";
		return new Multipart("multipart/form-data; boundary=" + boundary, text.getBytes(StandardCharsets.UTF_8));
	}

	private static String part(String boundary, String name, String content) {
		return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content + "\r\n";
	}

	/** Finds a boundary that the content does not contain: no value can forge a part. */
	private static String boundary(String value, String metadata) {
		int number = 0;
		while (value.contains("kv-session-" + number) || metadata.contains("kv-session-" + number)) {
			number++;
		}
		return "kv-session-" + number;
	}

}
