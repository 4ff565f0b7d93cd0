package dev.kvsession.autoconfigure;

import java.util.ArrayList;
import java.util.List;

/**
 * The namespace's id, the API token or both are missing or blank.
 */
final class MissingKvPropertyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final List<String> missing;

	private final List<String> present;

	private MissingKvPropertyException(List<String> missing, List<String> present) {
		super(String.join(" and ", missing) + " missing or blank; Cloudflare KV needs both "
				+ KvPropertyNames.NAMESPACE_ID + " and " + KvPropertyNames.API_TOKEN);
		this.missing = missing;
		this.present = present;
	}

	static MissingKvPropertyException of(boolean namespaceId, boolean apiToken) {
		List<String> missing = new ArrayList<>();
		List<String> present = new ArrayList<>();
		(namespaceId ? present : missing).add(KvPropertyNames.NAMESPACE_ID);
		(apiToken ? present : missing).add(KvPropertyNames.API_TOKEN);
		return new MissingKvPropertyException(List.copyOf(missing), List.copyOf(present));
	}

	List<String> missing() {
		return this.missing;
	}

	List<String> present() {
		return this.present;
	}

}
