import { utf8Bytes } from "../text";

/** Keys of one purpose by name. */
export type KeyRing = ReadonlyMap<string, CryptoKey>;

/** What keys are for. Its name is part of what is derived, so no key serves two purposes. */
export interface Purpose {
  readonly name: string;
  readonly algorithm: SubtleCryptoImportKeyAlgorithm;
  readonly usage: "sign" | "decrypt";
}

/** Something is wrong with the variables. Says which and what to do, and never quotes a secret. */
export class Mistake extends Error {}

/** Bounds and form. Source: the library's `KeyRing`. */
const MIN_BYTES = 32;
const MOST_KEYS = 16;
const KEY = /^([a-z0-9]{1,8}):(\S+)$/;

/** Source: the library's `NamedKey`. */
const SALT = utf8Bytes("dev.kvsession");

const MAKE_ONE =
  ". Write name:base64, where the name has 1 to 8 characters of [a-z0-9], and make the rest with " +
  "'openssl rand -base64 32'";

/**
 * Derives keys from those that a variable lists, with commas between them.
 * @param scope the namespace's id: what was signed or sealed in one is invalid in another
 * @throws Mistake if a key is malformed
 */
export async function keyRing(variable: string, text: string, purpose: Purpose, scope: string): Promise<KeyRing> {
  const texts = text.split(",");
  if (texts.length > MOST_KEYS) {
    throw new Mistake(`${variable}: there must be at most ${MOST_KEYS} keys, and there are ${texts.length}`);
  }
  const ring = new Map<string, CryptoKey>();
  for (const [index, one] of texts.entries()) {
    const place = `${variable}: key ${index + 1}`;
    const { name, material } = parsed(one.trim(), place);
    if (ring.has(name)) {
      throw new Mistake(`${place} has the name of another one: each needs its own`);
    }
    ring.set(name, await derived(material, purpose, scope));
  }
  return ring;
}

function parsed(text: string, place: string): { name: string; material: Uint8Array } {
  const [, name = "", encoded] = KEY.exec(text) ?? [];
  if (encoded === undefined) {
    throw new Mistake(`${place} is malformed${MAKE_ONE}`);
  }
  const material = decoded(encoded, /[-_]/.test(encoded) ? "base64url" : "base64");
  if (material === undefined) {
    throw new Mistake(`${place} is not Base64${MAKE_ONE}`);
  }
  if (material.length < MIN_BYTES) {
    throw new Mistake(`${place} has ${material.length} bytes, and needs at least ${MIN_BYTES}${MAKE_ONE}`);
  }
  if (material.every((byte) => byte === material[0])) {
    throw new Mistake(`${place} is not random${MAKE_ONE}`);
  }
  return { name, material };
}

function decoded(text: string, alphabet: "base64" | "base64url"): Uint8Array | undefined {
  try {
    return Uint8Array.fromBase64(text, { alphabet });
  } catch {
    return undefined;
  }
}

async function derived(material: Uint8Array, { name, algorithm, usage }: Purpose, scope: string): Promise<CryptoKey> {
  const info = utf8Bytes(`${name}\n${scope}`);
  const base = await crypto.subtle.importKey("raw", material, "HKDF", false, ["deriveKey"]);
  const hkdf = { name: "HKDF", hash: "SHA-256", salt: SALT, info };
  return crypto.subtle.deriveKey(hkdf, base, algorithm, false, [usage]);
}
