import { isObject, parseJson, utf8Bytes } from "../text";
import { base64UrlBytes } from "./base64-url";
import type { KeyRing } from "./key-ring";

/** How a sealed record begins. Source: the library's `SealedRecord`. */
const BEGIN = '{"schema":2,"sealed":"';

/** Name of the key, bytes. */
const SEALED = /^([a-z0-9]{1,8})\.([\w-]+)"/;

const NONCE_BYTES = 12;

/** Ends what was compressed; zeros follow. */
const END = 0x80;

/** What the readable copy has beside the claims. Source: the library's `SealedRecord`. */
const COPIED = ["createdAt", "lastAccessedAt", "expiresAt", "maxInactiveInterval", "claimNames"];

/**
 * Opens a record with AES-256-GCM.
 * @param key the record's key in KV: moved to another one, a record does not open
 * @returns the record; the text itself if it is not sealed; `""` if it does not open or its readable copy differs
 */
export async function openRecord(stored: string, key: string, ring: KeyRing): Promise<string> {
  if (!isSealed(stored)) {
    return stored;
  }
  const [, name = "", text = ""] = SEALED.exec(stored.slice(BEGIN.length)) ?? [];
  const bytes = base64UrlBytes(text);
  const by = ring.get(name);
  if (by === undefined && name !== "") {
    console.error(`edge: a record is sealed with the key '${name}', which SESSION_KEYS does not have`);
  }
  if (by === undefined || bytes === undefined) {
    return "";
  }
  try {
    const how = { name: "AES-GCM", iv: bytes.subarray(0, NONCE_BYTES), additionalData: utf8Bytes(key) };
    const plain = await crypto.subtle.decrypt(how, by, bytes.subarray(NONCE_BYTES));
    const record = await expanded(new Uint8Array(plain));
    return agrees(stored, record) ? record : "";
  } catch {
    return "";
  }
}

export function isSealed(stored: string): boolean {
  return stored.startsWith(BEGIN);
}

async function expanded(padded: Uint8Array): Promise<string> {
  const compressed = new Blob([padded.subarray(0, padded.lastIndexOf(END))]);
  return new Response(compressed.stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
}

/** Whether there is no readable copy, or it says what the record says. */
function agrees(stored: string, record: string): boolean {
  const [outside, inside] = [parseJson(stored), parseJson(record)];
  if (!isObject(outside) || !isObject(inside)) {
    return false;
  }
  const { schema, sealed, ...copy } = outside;
  const { claimNames } = inside;
  const copied = new Set<unknown>(COPIED.concat(Array.isArray(claimNames) ? claimNames : []));
  const expected = Object.fromEntries(Object.entries(inside).filter(([name]) => copied.has(name)));
  return Object.keys(copy).length === 0 || JSON.stringify(copy) === JSON.stringify(expected);
}
