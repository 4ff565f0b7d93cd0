package dev.kvsession.sample;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.kvsession.session.settings.SessionDetails;

/**
 * Notes with which browser and in which country somebody logged in, as far as the
 * request's headers say so. Safe for concurrent use.
 */
@Component
class LoginDetails implements SessionDetails {

	/** For example {@code Firefox on Linux}. */
	static final String BROWSER = "browser";

	/** In English, for example {@code Germany}. */
	static final String COUNTRY = "country";

	/** From Cloudflare; whoever reaches the application without it can make it up. */
	private static final String CLOUDFLARES_COUNTRY = "CF-IPCountry";

	@Override
	public Map<String, String> details(Function<String, @Nullable String> headers) {
		Map<String, String> details = new LinkedHashMap<>();
		String browser = UserAgent.inWords(headers.apply("User-Agent"));
		if (browser != null) {
			details.put(BROWSER, browser);
		}
		String code = headers.apply(CLOUDFLARES_COUNTRY);
		// Cloudflare's XX (unknown) and T1 (Tor) are no countries.
		if (code != null && Arrays.asList(Locale.getISOCountries()).contains(code)) {
			details.put(COUNTRY, new Locale("", code).getDisplayCountry(Locale.ENGLISH));
		}
		return details;
	}

}
