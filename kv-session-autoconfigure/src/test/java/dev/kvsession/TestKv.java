package dev.kvsession;

import java.util.Map;
import java.util.function.Supplier;

/**
 * A KV that tests run on.
 */
public final class TestKv {

	private static final String WORKERD = "workerd";

	private final String name;

	private final Supplier<Map<String, Object>> properties;

	private TestKv(String name, Supplier<Map<String, Object>> properties) {
		this.name = name;
		this.properties = properties;
	}

	static TestKv emulator(Supplier<Map<String, Object>> properties) {
		return new TestKv("the emulator", properties);
	}

	static TestKv workerd(Supplier<Map<String, Object>> properties) {
		return new TestKv(WORKERD, properties);
	}

	/**
	 * Says whether it is the gateway in Cloudflare's own runtime.
	 */
	public boolean isWorkerd() {
		return WORKERD.equals(this.name);
	}

	/**
	 * Returns what an application needs to use it.
	 * @return the properties, by name
	 * @throws org.opentest4j.TestAbortedException if it cannot run on this machine
	 */
	public Map<String, Object> properties() {
		return this.properties.get();
	}

	/**
	 * Returns one property.
	 * @param name its name behind {@code cloudflare.kv.}
	 */
	public String property(String name) {
		return (String) properties().get("cloudflare.kv." + name);
	}

	/**
	 * Returns the properties as Spring's test runners take them.
	 */
	public String[] propertyPairs() {
		return properties().entrySet()
			.stream()
			.map((property) -> property.getKey() + "=" + property.getValue())
			.toArray(String[]::new);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
