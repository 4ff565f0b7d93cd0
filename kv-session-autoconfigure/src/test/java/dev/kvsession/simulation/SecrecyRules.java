package dev.kvsession.simulation;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.kvsession.session.index.UserSession;
import dev.kvsession.session.protection.ClaimsOutside;
import dev.kvsession.test.kv.KvEntry;

/**
 * What an instance must not show in KV (P12): hashed ids, and what it seals. Confined to
 * the seed's thread.
 */
final class SecrecyRules {

	/** What the generator makes. */
	private static final Pattern MADE = Pattern.compile("session-i\\d+-\\d{5}");

	private static final String SEALED = "\"sealed\":\"([a-z0-9]{1,8})\\.[\\w-]+\"";

	private static final Pattern RECORD = Pattern.compile("\\{\"schema\":2," + SEALED + "}");

	/** Times, of which no attribute is part. */
	private static final Pattern READABLE_RECORD = Pattern.compile("\\{\"schema\":2," + SEALED
			+ "(,\"(createdAt|lastAccessedAt|expiresAt|maxInactiveInterval)\":[\\w\":.-]+)*(,\"claimNames\":\\[])?}");

	private static final Pattern ENTRY = Pattern.compile(Names.prefix("=[\\w-]{43}") + "[\\w-]{43}");

	private static final Pattern METADATA = Pattern.compile("\\{" + SEALED + "}");

	private final World world;

	private final Set<String> hashed = new HashSet<>();

	SecrecyRules(World world) {
		this.world = world;
	}

	/** Notes an id, which has the form that its instance's setting asks for. */
	void made(Node node, String id) {
		Setting setting = node.setting();
		boolean signed = setting.signing().writes();
		if (Plain.isHashed(id) != setting.hashing().writes() || Plain.isSigned(id) != signed
				|| signed && !id.split("\\.")[1].equals(setting.signing().keyName())) {
			throw new BrokenPromise("P12 " + node.name() + " with " + setting + " made the id " + id);
		}
		Matcher made = MADE.matcher(id);
		if (Plain.isHashed(id) && made.find()) {
			this.hashed.add(made.group());
		}
		this.world.plain().made(id);
	}

	/**
	 * Called when a write has taken effect.
	 * @param node whose
	 * @param key the key in KV
	 * @param entry what is stored, or {@code null}
	 */
	void written(Node node, String key, KvEntry entry) {
		Matcher made = MADE.matcher(key);
		if (made.find() && this.hashed.contains(made.group())) {
			throw new BrokenPromise("P12 the key " + key + ", which " + node.name() + " wrote, shows an id");
		}
		if (entry == null || !node.setting().sealing().writes()) {
			return;
		}
		if (key.startsWith(Oracle.RECORD)) {
			Pattern form = (node.setting().claims() == ClaimsOutside.NONE) ? RECORD : READABLE_RECORD;
			check(node, key, form.matcher(entry.text()));
		}
		if (Names.isEntry(key)) {
			check(node, key, METADATA.matcher(entry.metadata()));
			checkEntry(node, key, this.world.plain().metadata(key, entry.metadata()));
		}
	}

	private static void check(Node node, String key, Matcher sealed) {
		if (!sealed.matches() || !sealed.group(1).equals(node.setting().sealing().keyName())) {
			throw new BrokenPromise("P12 " + node.name() + " did not seal what it wrote under " + key);
		}
	}

	private void checkEntry(Node node, String key, String metadata) {
		boolean own = this.world.oracle()
			.ledgers()
			.stream()
			.anyMatch((ledger) -> metadata.contains('"' + ledger.id + '"')
					&& key.endsWith(":" + UserSession.handleOf(ledger.id)));
		if (!ENTRY.matcher(key).matches() || !own) {
			throw new BrokenPromise("P12 " + node.name() + " wrote the entry " + key + " with " + metadata);
		}
	}

}
