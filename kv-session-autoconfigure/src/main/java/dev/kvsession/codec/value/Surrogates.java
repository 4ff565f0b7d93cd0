package dev.kvsession.codec.value;

/** Escapes lone surrogates, which UTF-8 would replace by question marks. */
public final class Surrogates {

	private Surrogates() {
	}

	/* Escapes lone surrogates in JSON text, where they can stand in strings only. */
	public static String escapeLone(String json) {
		StringBuilder escaped = null;
		for (int i = 0; i < json.length(); i++) {
			char c = json.charAt(i);
			boolean pair = Character.isHighSurrogate(c) && i + 1 < json.length()
					&& Character.isLowSurrogate(json.charAt(i + 1));
			if (Character.isSurrogate(c) && !pair && escaped == null) {
				escaped = new StringBuilder(json.length() + 16).append(json, 0, i);
			}
			if (escaped != null) {
				escaped.append((Character.isSurrogate(c) && !pair) ? String.format("\\u%04x", (int) c) : c);
			}
			if (pair) {
				i++;
				if (escaped != null) {
					escaped.append(json.charAt(i));
				}
			}
		}
		return (escaped != null) ? escaped.toString() : json;
	}

}
