package dev.kvsession.codec.value;

import java.util.regex.Pattern;

import dev.kvsession.codec.trust.TrustedPackages;

/** What to do about a type that may not stand in a session. */
public final class Advice {

	/** Not the application's own. */
	private static final Pattern PLATFORM = Pattern
		.compile("\\[*L?(java|javax|jakarta|jdk|sun|com[.]sun|kotlin|org[.]springframework)[.].*");

	/** Names that exist while one application runs, and in it alone. */
	private static final Pattern GENERATED = Pattern.compile(".*([$][$]|/).*");

	private static final String ADMITS = TrustedPackages.PROPERTY + " admits the application's own types alone.";

	private Advice() {
	}

	static boolean isGenerated(String type) {
		return GENERATED.matcher(type).matches();
	}

	public static String forType(String type) {
		if (isGenerated(type)) {
			return "That is a lambda, a proxy or another class that is generated at run time, which no other instance "
					+ "has: store the data that it works on instead. " + ADMITS;
		}
		if (PLATFORM.matcher(type).matches()) {
			return "That is no type of the application's own: store what is needed of it as plain values, lists, maps "
					+ "or records instead. " + ADMITS;
		}
		return "If that type is the application's own, name its package in " + TrustedPackages.PROPERTY
				+ "; otherwise store plain values instead.";
	}

}
