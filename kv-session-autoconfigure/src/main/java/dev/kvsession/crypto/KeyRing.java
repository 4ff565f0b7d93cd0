package dev.kvsession.crypto;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.util.Assert;

/**
 * Keys by name: the first makes what is new, and all recognise what was made before.
 * Immutable; never shows a key.
 */
public final class KeyRing {

	/** A key of as many bits as the strongest purpose uses. */
	private static final int MIN_BYTES = 32;

	/**
	 * Each key may cost a listing, and nobody rotates so often within a session's life.
	 */
	private static final int MOST_KEYS = 16;

	private static final Pattern KEY = Pattern.compile("([a-z0-9]{1,8}):(\\S+)");

	private static final String MAKE_ONE = ". Write name:base64, where the name has 1 to 8 characters of [a-z0-9], and make "
			+ "the rest with 'openssl rand -base64 32'";

	private final List<NamedKey> keys;

	private KeyRing(List<NamedKey> keys) {
		this.keys = List.copyOf(keys);
	}

	/**
	 * Reads keys of the form {@code name:base64}. Throws an IllegalArgumentException that
	 * says which key is wrong by its place, and never what it is.
	 */
	public static KeyRing of(List<String> texts) {
		Assert.isTrue(!texts.isEmpty(), () -> "there must be at least one key" + MAKE_ONE);
		Assert.isTrue(texts.size() <= MOST_KEYS,
				() -> "there must be at most " + MOST_KEYS + " keys, and there are " + texts.size());
		List<NamedKey> keys = new ArrayList<>();
		Set<String> names = new HashSet<>();
		for (String text : texts) {
			String place = "key " + (keys.size() + 1);
			NamedKey key = key(text.strip(), place);
			Assert.isTrue(names.add(key.name()), () -> place + " has the name of another one: each needs its own");
			Assert.isTrue(keys.stream().noneMatch(key::isSameAs),
					() -> place + " is the same as another one, under another name" + MAKE_ONE);
			keys.add(key);
		}
		return new KeyRing(keys);
	}

	private static NamedKey key(String text, String place) {
		Matcher matcher = KEY.matcher(text);
		Assert.isTrue(matcher.matches(), () -> place + " is malformed" + MAKE_ONE);
		byte[] material = decoded(matcher.group(2), place);
		Assert.isTrue(material.length >= MIN_BYTES,
				() -> place + " has " + material.length + " bytes, and needs at least " + MIN_BYTES + MAKE_ONE);
		Assert.isTrue(!isConstant(material), () -> place + " is not random" + MAKE_ONE);
		return new NamedKey(matcher.group(1), material);
	}

	private static byte[] decoded(String text, String place) {
		try {
			return (text.indexOf('-') >= 0 || text.indexOf('_') >= 0) ? Base64.getUrlDecoder().decode(text)
					: Base64.getDecoder().decode(text);
		}
		catch (IllegalArgumentException ex) {
			// Without the cause, which may quote the key.
			throw new IllegalArgumentException(place + " is not Base64" + MAKE_ONE);
		}
	}

	private static boolean isConstant(byte[] material) {
		byte[] constant = new byte[material.length];
		Arrays.fill(constant, material[0]);
		return Arrays.equals(constant, material);
	}

	/** The key that makes what is new. */
	public NamedKey first() {
		return this.keys.get(0);
	}

	/** All keys, the first one first. */
	public List<NamedKey> all() {
		return this.keys;
	}

	@Override
	public String toString() {
		return "KeyRing" + this.keys;
	}

}
