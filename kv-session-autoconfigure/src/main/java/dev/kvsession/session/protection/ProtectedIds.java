package dev.kvsession.session.protection;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.session.SessionIdGenerator;
import org.springframework.util.Assert;

import dev.kvsession.session.settings.KeySegment;
import dev.kvsession.session.settings.SessionIdShape;
import dev.kvsession.session.settings.SessionIds;

/**
 * Ids that are signed, or hashed before they become keys, or both. What the generator
 * makes becomes {@code h.{minute}.{made}} if it is hashed, or
 * {@code s.{key}.{minute}.{tenant}.{made}.{signature}} if it is signed, beginning with
 * {@code sh.} if it is both. Safe for concurrent use, without a lock.
 */
final class ProtectedIds implements SessionIds {

	private static final String SIGNED = "s.";

	private static final String HASHED = "h.";

	private static final String BOTH = "sh.";

	/** How protected ids begin, and no others. */
	private static final Pattern KIND = Pattern.compile("(s|sh|h)\\.");

	/** No id contains it, so that no name of a key in a listing is an id. */
	private static final char MARK = '=';

	/**
	 * So old an id is before it is changed because another key or mode is in use, so that
	 * instances of two settings do not take turns in changing it while one is deployed.
	 */
	private static final Duration SETTLED = Duration.ofHours(1);

	/** The same for one that is no longer to be protected. */
	private static final Duration SETTLED_BACK = Duration.ofDays(1);

	/** Of a tenant's hash: 72 bits. */
	private static final int TAG_LENGTH = 12;

	private final SessionIdGenerator generator;

	private final SessionIds plain;

	private final @Nullable IdSigner signer;

	private final @Nullable ProtectionMode hashing;

	private final boolean tenants;

	private final InstantSource clock;

	ProtectedIds(SessionIdGenerator generator, @Nullable IdSigner signer, @Nullable ProtectionMode hashing,
			boolean tenants, InstantSource clock) {
		this.generator = generator;
		this.plain = SessionIdShape.of(generator);
		this.signer = signer;
		this.hashing = hashing;
		this.tenants = tenants;
		this.clock = clock;
	}

	@Override
	public String generate(@Nullable String tenant) {
		return made(tag(tenant));
	}

	@Override
	public String generateLike(String id) {
		SignedId signed = signed(id);
		return made((signed != null) ? signed.tenant() : "");
	}

	private String made(String tag) {
		String made = this.generator.generate();
		Assert.state(this.plain.test(made) && !KIND.matcher(made).lookingAt(),
				"The SessionIdGenerator made an id that cannot be signed or hashed: it must have 16 to 128 characters "
						+ "of [A-Za-z0-9._~-], and must not begin with 's.', 'sh.' or 'h.'");
		IdSigner by = this.signer;
		String minute = SignedId.minute(this.clock.millis());
		if (by == null || !writes(by.mode())) {
			return writes(this.hashing) ? HASHED + minute + "." + made : made;
		}
		String body = String.join(".", writes(this.hashing) ? "sh" : "s", by.key(), minute, tag, made);
		return body + "." + by.sign(body);
	}

	private static boolean writes(@Nullable ProtectionMode mode) {
		return mode != null && mode != ProtectionMode.READ;
	}

	private static boolean accepts(@Nullable ProtectionMode mode, boolean isProtected) {
		// mutant: read-mode
		return isProtected ? mode != null : mode != ProtectionMode.REQUIRED;
	}

	@Override
	public boolean test(String id) {
		ProtectionMode signing = (this.signer != null) ? this.signer.mode() : null;
		boolean signed = looksSigned(id);
		boolean hashed = looksHashed(id);
		if (!accepts(signing, signed) || !accepts(this.hashing, hashed)) {
			return false;
		}
		if (signed) {
			SignedId parsed = SignedId.parse(id);
			return parsed != null && this.signer != null
					&& this.signer.verify(parsed.key(), parsed.body(), parsed.signature());
		}
		return hashed ? hashedMinute(id) >= 0 && this.plain.test(id.substring(id.indexOf('.', 2) + 1))
				: this.plain.test(id);
	}

	/* The minute in which a hashed id was made, or a negative number if it has none. */
	private static long hashedMinute(String id) {
		int end = id.indexOf('.', HASHED.length());
		return (end > 0) ? SignedId.minute(id.substring(HASHED.length(), end)) : -1;
	}

	/* Without keys an id that only looks signed is the generator's own. */
	private boolean looksSigned(String id) {
		return this.signer != null && (id.startsWith(SIGNED) || id.startsWith(BOTH));
	}

	private @Nullable SignedId signed(String id) {
		return looksSigned(id) ? SignedId.parse(id) : null;
	}

	private boolean looksHashed(String id) {
		return this.hashing != null && (id.startsWith(HASHED) || id.startsWith(BOTH));
	}

	@Override
	public boolean isOf(@Nullable String tenant, String id) {
		SignedId signed = this.tenants ? signed(id) : null;
		return !this.tenants || signed != null && signed.tenant().equals(tag(tenant));
	}

	@Override
	public boolean isYoung(String id, long nowMillis) {
		SignedId signed = signed(id);
		return signed != null && signed.isYoung(nowMillis);
	}

	@Override
	public boolean isCurrent(String id) {
		SignedId signed = signed(id);
		String key = (this.signer != null && writes(this.signer.mode())) ? this.signer.key() : null;
		boolean sameKey = (signed != null) ? signed.key().equals(key) : key == null;
		return (sameKey && looksHashed(id) == writes(this.hashing)) || isRecent(id, signed);
	}

	private boolean isRecent(String id, @Nullable SignedId signed) {
		long minute = (signed != null) ? signed.minute() : looksHashed(id) ? hashedMinute(id) : -1;
		boolean writing = writes(this.hashing) || (this.signer != null && writes(this.signer.mode()));
		Duration settled = writing ? SETTLED : SETTLED_BACK;
		return minute >= 0 && this.clock.millis() - Duration.ofMinutes(minute).toMillis() < settled.toMillis();
	}

	@Override
	public UnaryOperator<String> storageNames() {
		return (id) -> looksHashed(id) ? MARK + KeySegment.handle(id) : id;
	}

	private static String tag(@Nullable String tenant) {
		return (tenant != null) ? KeySegment.handle("tenant\n" + tenant).substring(0, TAG_LENGTH) : "";
	}

}
