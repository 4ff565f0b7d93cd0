package dev.kvsession.codec.trust;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.springframework.util.Assert;

/**
 * Packages and classes of the application whose instances a session may hold. Immutable.
 */
public final class TrustedPackages {

	private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*([.$][\\p{L}_][\\p{L}\\p{N}_]*)*");

	/** Names that would admit platforms, and with them types with side effects. */
	private static final Set<String> TOO_BROAD = Set.of("com", "dev", "io", "net", "org", "com.sun", "org.apache",
			"org.springframework");

	/** Property that trusts an application's packages. */
	public static final String PROPERTY = "cloudflare.kv.session.json.trusted-packages";

	private static final Pattern PLATFORM = Pattern.compile("(java|javax|jakarta|jdk|sun)([.].*)?");

	private final List<String> names;

	public TrustedPackages(Collection<String> names) {
		names.forEach(TrustedPackages::check);
		this.names = List.copyOf(names);
	}

	private static void check(String name) {
		Assert.isTrue(NAME.matcher(name).matches(), () -> TrustedPackages.PROPERTY + ": '" + name
				+ "' is neither a package nor a class; write it without wildcard, as in com.example.shop");
		Assert.isTrue(!TOO_BROAD.contains(name) && !PLATFORM.matcher(name).matches(), () -> TrustedPackages.PROPERTY
				+ ": '" + name + "' is too broad; name the packages of the application's own session attributes");
	}

	/* Includes packages below and nested classes. */
	public boolean contains(String className) {
		for (String name : this.names) {
			if (className.startsWith(name) && isBoundary(className, name.length())) {
				return true;
			}
		}
		return false;
	}

	private static boolean isBoundary(String className, int index) {
		return className.length() == index || className.charAt(index) == '.' || className.charAt(index) == '$';
	}

}
