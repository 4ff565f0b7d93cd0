package dev.kvsession.autoconfigure.failure;

import java.util.List;
import java.util.stream.Stream;

/**
 * KV is configured otherwise than when conditions were asked.
 */
public final class LateKvConfigurationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final List<String> properties;

	private final List<String> beans;

	private final boolean aheadOfTime;

	/**
	 * Creates the exception.
	 * @param properties the names of the properties that came late
	 * @param beans the types of the beans that came late
	 * @param aheadOfTime whether conditions were asked when the application was built
	 */
	public LateKvConfigurationException(List<String> properties, List<String> beans, boolean aheadOfTime) {
		super(String.join(" and ", Stream.concat(properties.stream(), beans.stream()).toList())
				+ " came after auto-configuration had decided whether sessions are kept in Cloudflare KV");
		this.properties = properties;
		this.beans = beans;
		this.aheadOfTime = aheadOfTime;
	}

	public List<String> properties() {
		return this.properties;
	}

	public List<String> beans() {
		return this.beans;
	}

	public boolean aheadOfTime() {
		return this.aheadOfTime;
	}

}
