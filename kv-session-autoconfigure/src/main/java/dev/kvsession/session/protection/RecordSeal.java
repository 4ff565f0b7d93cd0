package dev.kvsession.session.protection;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import dev.kvsession.client.KvLimits;
import dev.kvsession.client.support.Json;
import dev.kvsession.codec.SealedRecord;
import dev.kvsession.codec.UnknownKeyException;
import dev.kvsession.codec.UnreadableRecordException;
import dev.kvsession.crypto.Compression;
import dev.kvsession.crypto.Hmac;
import dev.kvsession.crypto.KeyRing;
import dev.kvsession.crypto.NamedKey;
import dev.kvsession.crypto.Seal;
import dev.kvsession.session.settings.StorageSeal;

/**
 * Seals records with AES-256-GCM, bound to the key under which they lie, and hides in the
 * keys of indexes what is indexed. Safe for concurrent use.
 */
final class RecordSeal implements StorageSeal {

	private static final String RECORD = "session record, AES-256-GCM, version 1";

	private static final String METADATA = "index metadata, AES-256-GCM, version 1";

	private static final String NAMES = "index names, HMAC-SHA-256, version 1";

	/** As {@code KeySegment} marks a hash. */
	private static final char HASHED = '=';

	private static final String SEALED = "sealed";

	private final Map<String, Keys> keys = new LinkedHashMap<>();

	private final Keys sealing;

	private final String first;

	private final ProtectionMode mode;

	private final ClaimsOutside claims;

	RecordSeal(KeyRing ring, ProtectionMode mode, ClaimsOutside claims, String scope) {
		for (NamedKey key : ring.all()) {
			this.keys.put(key.name(), Keys.of(key, scope));
		}
		this.sealing = Keys.of(ring.first(), scope);
		this.first = ring.first().name();
		this.mode = mode;
		this.claims = claims;
	}

	@Override
	public boolean isSealing() {
		return this.mode != ProtectionMode.READ;
	}

	@Override
	public String sealRecord(String key, String record) {
		if (!isSealing()) {
			return record;
		}
		byte[] compressed = Compression.compress(record.getBytes(StandardCharsets.UTF_8), Deflater.DEFAULT_COMPRESSION);
		// mutant: bound-record-1
		byte[] sealed = this.sealing.records().seal(Compression.paddedWithEnd(compressed), key);
		return SealedRecord.write(this.first, sealed, record, this.claims == ClaimsOutside.READABLE);
	}

	@Override
	public String openRecord(String key, String stored) {
		SealedRecord sealed = SealedRecord.read(stored);
		if (sealed == null) {
			if (this.mode == ProtectionMode.REQUIRED) {
				throw new UnreadableRecordException("A session record is not encrypted, and "
						+ "cloudflare.kv.session.encryption.mode is 'required'", null);
			}
			return stored;
		}
		Keys by = this.keys.get(sealed.keyName());
		if (by == null) {
			throw new UnknownKeyException(
					"A session record is encrypted with the key '" + sealed.keyName()
							+ "', which is not in cloudflare.kv.session.encryption.keys. Add it after the first one",
					sealed.keyName());
		}
		// mutant: bound-record-2
		byte[] plain = by.records().open(sealed.bytes(), key);
		if (plain == null) {
			throw new UnreadableRecordException("A session record was changed, moved from another key, or encrypted "
					+ "with another key '" + sealed.keyName() + "'", null);
		}
		String record = expanded(plain);
		if (!sealed.agreesWith(record)) {
			throw new UnreadableRecordException(
					"The readable copy of an encrypted session record was changed: it differs from what is encrypted",
					null);
		}
		return record;
	}

	private static String expanded(byte[] plain) {
		try {
			return new String(Compression.expand(plain, KvLimits.MAX_VALUE_BYTES), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			throw new UnreadableRecordException("An encrypted session record is " + ex.getMessage(), null);
		}
	}

	@Override
	public List<String> names(String index, String value, String plain) {
		List<String> names = new ArrayList<>();
		this.keys.values().forEach((by) -> names.add(HASHED + base64(by.names().of(index + "\n" + value))));
		if (!isSealing()) {
			names.add(0, plain);
		}
		else if (this.mode != ProtectionMode.REQUIRED) {
			names.add(plain);
		}
		return names;
	}

	@Override
	public String sealMetadata(String key, String metadata) {
		if (!isSealing()) {
			return metadata;
		}
		byte[] sealed = this.sealing.metadata().seal(metadata.getBytes(StandardCharsets.UTF_8), key);
		return "{\"" + SEALED + "\":\"" + this.first + "." + base64(sealed) + "\"}";
	}

	@Override
	public @Nullable String openMetadata(String key, String stored) {
		JsonNode node = Json.read(stored.getBytes(StandardCharsets.UTF_8));
		JsonNode sealed = (node != null) ? node.path(SEALED) : null;
		if (sealed == null || !sealed.isString()) {
			return (this.mode != ProtectionMode.REQUIRED) ? stored : null;
		}
		String[] parts = sealed.stringValue().split("\\.", 2);
		Keys by = this.keys.get(parts[0]);
		byte[] plain = (by != null && parts.length > 1) ? open(by, parts[1], key) : null;
		return (plain != null) ? new String(plain, StandardCharsets.UTF_8) : null;
	}

	private static byte @Nullable [] open(Keys by, String sealed, String key) {
		try {
			return by.metadata().open(Base64.getUrlDecoder().decode(sealed), key);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static String base64(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	@Override
	public String toString() {
		return String.valueOf(this.mode);
	}

	/** What is derived from one key. */
	private record Keys(Seal records, Seal metadata, Hmac names) {

		static Keys of(NamedKey key, String scope) {
			return new Keys(new Seal(key.derive(RECORD + "\n" + scope, Seal.ALGORITHM)),
					new Seal(key.derive(METADATA + "\n" + scope, Seal.ALGORITHM)),
					new Hmac(key.derive(NAMES + "\n" + scope, Hmac.ALGORITHM)));
		}

	}

}
