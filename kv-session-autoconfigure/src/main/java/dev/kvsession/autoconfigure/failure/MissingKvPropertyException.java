package dev.kvsession.autoconfigure.failure;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.kvsession.autoconfigure.properties.KvPropertyNames;

/**
 * The namespace's id, the API token or both are missing or blank.
 */
public final class MissingKvPropertyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final List<String> missing;

	private final List<String> present;

	private final @Nullable String bean;

	private MissingKvPropertyException(List<String> missing, List<String> present, @Nullable String bean) {
		super(String.join(" and ", missing) + " missing or blank; Cloudflare KV needs both "
				+ KvPropertyNames.NAMESPACE_ID + " and " + KvPropertyNames.API_TOKEN);
		this.missing = missing;
		this.present = present;
		this.bean = bean;
	}

	public static MissingKvPropertyException of(KvSetting namespaceId, KvSetting apiToken) {
		Map<Boolean, List<String>> names = Stream.of(namespaceId, apiToken)
			.collect(Collectors.partitioningBy(KvSetting::isPresent,
					Collectors.mapping(KvSetting::property, Collectors.toList())));
		return new MissingKvPropertyException(names.getOrDefault(false, List.of()), names.getOrDefault(true, List.of()),
				namespaceId.bean());
	}

	List<String> missing() {
		return this.missing;
	}

	List<String> present() {
		return this.present;
	}

	@Nullable String bean() {
		return this.bean;
	}

}
