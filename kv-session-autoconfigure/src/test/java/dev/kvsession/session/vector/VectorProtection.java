package dev.kvsession.session.vector;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.session.SessionIdGenerator;

import dev.kvsession.session.World;
import dev.kvsession.session.protection.ClaimsOutside;
import dev.kvsession.session.protection.ProtectionMode;
import dev.kvsession.session.protection.SessionProtection;
import dev.kvsession.session.settings.KeySegment;
import dev.kvsession.session.settings.SessionIds;
import dev.kvsession.session.settings.SessionSettings;

/**
 * What an application is configured with if a Worker understands its sessions with the
 * variables of a case.
 */
final class VectorProtection {

	static final String KEY_A = "a:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=";

	static final String KEY_B = "b2:_-_-YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXpBQkNE";

	static final String NAMESPACE = "ce11000000000000000000000000e002";

	private static final String SIGNING_KEYS = "SESSION_SIGNING_KEYS";

	private static final String KEYS = "SESSION_KEYS";

	private static final String REQUIRED = "SESSION_REQUIRED";

	private static final String NAMESPACE_ID = "NAMESPACE_ID";

	private VectorProtection() {
	}

	/**
	 * Returns a Worker's variables; what is {@code null} is not set.
	 */
	static Map<String, String> env(String signingKeys, String keys, String required) {
		Map<String, String> env = new TreeMap<>(Map.of(NAMESPACE_ID, NAMESPACE));
		if (signingKeys != null) {
			env.put(SIGNING_KEYS, signingKeys);
		}
		if (keys != null) {
			env.put(KEYS, keys);
		}
		if (required != null) {
			env.put(REQUIRED, required);
		}
		return env;
	}

	static Map<String, String> inNamespace(String id, Map<String, String> env) {
		Map<String, String> other = new TreeMap<>(env);
		other.put(NAMESPACE_ID, id);
		return other;
	}

	/**
	 * The same protections as {@code env}, none if that is {@code null}.
	 */
	static SessionProtection of(Map<String, String> env) {
		return of(env, true, ClaimsOutside.NONE);
	}

	static SessionProtection of(Map<String, String> env, boolean hashed, ClaimsOutside claims) {
		if (env == null) {
			return SessionProtection.NONE;
		}
		SessionProtection protection = SessionProtection.in(env.get(NAMESPACE_ID).toLowerCase(Locale.ROOT));
		if (env.containsKey(SIGNING_KEYS)) {
			protection = protection.withSignedIds(keys(env.get(SIGNING_KEYS)), mode(env, "signed"));
		}
		if (hashed) {
			protection = protection.withHashedKeys(mode(env, "hashed"));
		}
		return env.containsKey(KEYS) ? protection.withSealedRecords(keys(env.get(KEYS)), mode(env, "sealed"), claims)
				: protection;
	}

	private static List<String> keys(String text) {
		return List.of(text.split(","));
	}

	private static ProtectionMode mode(Map<String, String> env, String protection) {
		return List.of(env.getOrDefault(REQUIRED, "").split(" ")).contains(protection) ? ProtectionMode.REQUIRED
				: ProtectionMode.WRITE;
	}

	static SessionIds ids(Map<String, String> env, boolean hashed, SessionIdGenerator generator) {
		return settings(of(env, hashed, ClaimsOutside.NONE)).idFormat.apply(generator, () -> VectorWriter.START);
	}

	static String storageName(String id, Map<String, String> env) {
		boolean hashed = env != null && (id.startsWith("h.") || id.startsWith("sh."));
		return hashed ? "=" + KeySegment.handle(id) : id;
	}

	static String open(Map<String, String> env, String stored, String text) {
		SessionSettings settings = settings(of(env));
		return (settings.seal != null) ? settings.seal.openRecord("session:" + stored, text) : text;
	}

	private static SessionSettings settings(SessionProtection protection) {
		SessionSettings settings = new SessionSettings(World.CODEC);
		protection.apply(settings, false);
		return settings;
	}

}
