package dev.kvsession.session.settings;

import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.springframework.session.SessionIdGenerator;
import org.springframework.session.UuidSessionIdGenerator;

/**
 * Tells ids that a generator can have made from malformed ones, which cost no call.
 * Immutable.
 */
public final class SessionIdShape implements Predicate<String> {

	/** 256 bits in base64url: only four bits of the last character are used. */
	private static final String SECURE = "[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]";

	private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

	/**
	 * Of an unknown generator: characters that need no escape in a URL; long enough to be
	 * secret, and short enough for a key.
	 */
	private static final String FOREIGN = "[A-Za-z0-9._~-]{16,128}";

	private final Pattern pattern;

	private SessionIdShape(String regex) {
		this.pattern = Pattern.compile(regex);
	}

	public static SessionIdShape of(SessionIdGenerator generator) {
		if (generator instanceof SecureSessionIdGenerator) {
			return new SessionIdShape(SECURE);
		}
		return new SessionIdShape((generator instanceof UuidSessionIdGenerator) ? UUID : FOREIGN);
	}

	@Override
	public boolean test(String id) {
		return this.pattern.matcher(id).matches();
	}

}
