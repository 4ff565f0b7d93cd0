package dev.kvsession.sample;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Says in words which browser a User-Agent header names. Browsers may say what they like:
 * Brave and Chromium call themselves Chrome, and an iPad may call itself a Mac.
 */
final class UserAgent {

	/** By what only they have; later ones also stand in the headers of earlier ones. */
	private static final Map<String, String> BROWSERS = table("Edg", "Edge", "OPR/", "Opera", "SamsungBrowser/",
			"Samsung Internet", "Firefox/", "Firefox", "FxiOS/", "Firefox", "CriOS/", "Chrome", "Chrome/", "Chrome",
			"Safari/", "Safari");

	/** As for browsers: an Android names Linux, an iPhone the Mac. */
	private static final Map<String, String> SYSTEMS = table("iPhone", "iPhone", "iPad", "iPad", "Android", "Android",
			"Windows", "Windows", "CrOS", "ChromeOS", "Mac OS X", "macOS", "Linux", "Linux");

	private UserAgent() {
	}

	/**
	 * Names a browser and its system.
	 * @param header the header, or {@code null} if there is none
	 * @return for example {@code Firefox on Linux}, or {@code null} if it names no known
	 * browser
	 */
	static @Nullable String inWords(@Nullable String header) {
		if (header == null) {
			return null;
		}
		String browser = named(header, BROWSERS);
		if (browser == null) {
			return null;
		}
		String system = named(header, SYSTEMS);
		return (system != null) ? browser + " on " + system : browser;
	}

	private static @Nullable String named(String header, Map<String, String> names) {
		return names.entrySet()
			.stream()
			.filter((one) -> header.contains(one.getKey()))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
	}

	private static Map<String, String> table(String... marksAndNames) {
		Map<String, String> table = new LinkedHashMap<>();
		for (int i = 0; i < marksAndNames.length; i += 2) {
			table.put(marksAndNames[i], marksAndNames[i + 1]);
		}
		return table;
	}

}
