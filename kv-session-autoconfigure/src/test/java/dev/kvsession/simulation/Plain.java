package dev.kvsession.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.kvsession.client.KvLimits;
import dev.kvsession.crypto.Compression;
import dev.kvsession.crypto.Hmac;
import dev.kvsession.crypto.KeyRing;
import dev.kvsession.crypto.NamedKey;
import dev.kvsession.crypto.Seal;
import dev.kvsession.session.index.UserSession;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.kv.KvEntry;

/**
 * What lies in KV as the rules see it: keys with the sessions' ids, and open records.
 * Knows all keys of the seed, and the format by itself, see {@code docs/adr/0021}.
 * Confined to the seed's thread.
 */
final class Plain {

	private static final Pattern SEALED = Pattern
		.compile("\\{(?:\"schema\":2,)?\"sealed\":\"([a-z0-9]{1,8})\\.([\\w-]+)\"[,}].*");

	private static final String SESSION = "session";

	/** Before a hash. */
	private static final char MARK = '=';

	private final Map<String, Seal> records = new HashMap<>();

	private final Map<String, Seal> metadata = new HashMap<>();

	/** By user, what their entries' keys begin with, under whatever setting. */
	private final Map<String, List<String>> users = new HashMap<>();

	/** By hash. */
	private final Map<String, String> ids = new HashMap<>();

	Plain(Ladder ladder) {
		Names.ALL.forEach((name) -> this.users.put(name, new ArrayList<>(List.of(Names.prefix(name)))));
		for (String text : ladder.sealingKeys()) {
			NamedKey key = KeyRing.of(List.of(text)).first();
			this.records.put(key.name(), seal(key, "session record, AES-256-GCM, version 1"));
			this.metadata.put(key.name(), seal(key, "index metadata, AES-256-GCM, version 1"));
			Hmac hmac = new Hmac(key.derive(info("index names, HMAC-SHA-256, version 1"), Hmac.ALGORITHM));
			this.users.forEach((name, prefixes) -> prefixes.add(Names.prefix(MARK
					+ Base64.getUrlEncoder().withoutPadding().encodeToString(hmac.of(Names.ATTRIBUTE + "\n" + name)))));
		}
	}

	private static Seal seal(NamedKey key, String purpose) {
		return new Seal(key.derive(info(purpose), Seal.ALGORITHM));
	}

	private static String info(String purpose) {
		return purpose + "\n" + Setting.SCOPE;
	}

	/** Notes an id that was made. */
	void made(String id) {
		if (isHashed(id)) {
			this.ids.put(UserSession.handleOf(id), id);
		}
	}

	static boolean isHashed(String id) {
		return id.startsWith("h.") || id.startsWith("sh.");
	}

	static boolean isSigned(String id) {
		return id.startsWith("s.") || id.startsWith("sh.");
	}

	/** The key in KV of a session's record or marker, of which the id is known. */
	static String stored(String key) {
		int end = key.startsWith(SESSION) ? key.indexOf(':') + 1 : key.length();
		String id = key.substring(end);
		return isHashed(id) ? key.substring(0, end) + MARK + UserSession.handleOf(id) : key;
	}

	/** The key with the session's id instead of a hash. */
	String key(String stored) {
		int mark = stored.startsWith(SESSION) ? stored.indexOf(":" + MARK) : -1;
		String id = (mark > 0) ? this.ids.get(stored.substring(mark + 2)) : null;
		return (id != null) ? stored.substring(0, mark + 1) + id : stored;
	}

	/** The keys of a session's entry, under whatever setting. */
	List<String> entries(String name, String id) {
		String handle = UserSession.handleOf(id);
		return this.users.get(name).stream().map((prefix) -> prefix + handle).toList();
	}

	KvCall call(KvCall stored) {
		Map<String, Long> ttls = new HashMap<>();
		stored.ttls().forEach((key, ttl) -> ttls.put(key(key), ttl));
		return new KvCall(stored.at(), stored.client(), stored.kind(), stored.keys().stream().map(this::key).toList(),
				ttls, stored.status(), stored.delivery());
	}

	Map<String, Boolean> keys(Map<String, Boolean> stored) {
		Map<String, Boolean> keys = new HashMap<>();
		stored.forEach((key, found) -> keys.put(key(key), found));
		return keys;
	}

	/** The entry with an open record. */
	KvEntry entry(String stored, KvEntry entry) {
		if (entry == null || !stored.startsWith(Oracle.RECORD) || !SEALED.matcher(entry.text()).matches()) {
			return entry;
		}
		byte[] open = Compression.expand(opened(this.records, stored, entry.text()), KvLimits.MAX_VALUE_BYTES);
		return new KvEntry(open, entry.metadata(), entry.expiresAt());
	}

	/** The open metadata of a sealed entry. */
	String metadata(String stored, String metadata) {
		return new String(opened(this.metadata, stored, metadata), StandardCharsets.UTF_8);
	}

	private static byte[] opened(Map<String, Seal> keys, String stored, String text) {
		Matcher sealed = SEALED.matcher(text);
		Seal by = sealed.matches() ? keys.get(sealed.group(1)) : null;
		byte[] plain = (by != null) ? by.open(Base64.getUrlDecoder().decode(sealed.group(2)), stored) : null;
		if (plain == null) {
			throw new BrokenPromise("P12 what lies under " + stored + " is not sealed with a known key for that place");
		}
		return plain;
	}

}
