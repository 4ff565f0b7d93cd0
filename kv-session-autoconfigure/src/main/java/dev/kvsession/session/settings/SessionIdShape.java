package dev.kvsession.session.settings;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.session.SessionIdGenerator;
import org.springframework.session.UuidSessionIdGenerator;

/**
 * Ids as a generator makes them. Malformed ones, which it cannot have made, cost no call.
 * Immutable.
 */
public final class SessionIdShape implements SessionIds {

	/** 256 bits in base64url: only four bits of the last character are used. */
	private static final String SECURE = "[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]";

	private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

	/**
	 * Of an unknown generator: characters that need no escape in a URL; long enough to be
	 * secret, and short enough for a key.
	 */
	private static final String FOREIGN = "[A-Za-z0-9._~-]{16,128}";

	private final SessionIdGenerator generator;

	private final Pattern pattern;

	private SessionIdShape(SessionIdGenerator generator, String regex) {
		this.generator = generator;
		this.pattern = Pattern.compile(regex);
	}

	public static SessionIdShape of(SessionIdGenerator generator) {
		if (generator instanceof SecureSessionIdGenerator) {
			return new SessionIdShape(generator, SECURE);
		}
		return new SessionIdShape(generator, (generator instanceof UuidSessionIdGenerator) ? UUID : FOREIGN);
	}

	@Override
	public boolean test(String id) {
		return this.pattern.matcher(id).matches();
	}

	@Override
	public String generate(@Nullable String tenant) {
		return this.generator.generate();
	}

	@Override
	public String generateLike(String id) {
		return this.generator.generate();
	}

	@Override
	public boolean isOf(@Nullable String tenant, String id) {
		return true;
	}

	@Override
	public boolean isYoung(String id, long nowMillis) {
		return false;
	}

	@Override
	public boolean isCurrent(String id) {
		return true;
	}

	@Override
	public UnaryOperator<String> storageNames() {
		return UnaryOperator.identity();
	}

}
