import { utf8Length } from "../text";
import * as ERRORS from "./errors";
import { Refusal, requireThat } from "./refusal";
import { MAX_KEY_BYTES } from "./limits";

/**
 * Refuses what KV does not take as a key. Source: developers.cloudflare.com/kv/api/write-key-value-pairs
 * (read 2026-11).
 */
export function requireKey(key: unknown): string {
  requireThat(typeof key === "string" && key !== "", ERRORS.INVALID_KEY, "key names must not be empty");
  requireThat(key !== "." && key !== "..", ERRORS.INVALID_KEY, "illegal key name: '.' and '..' are not allowed");
  const length = utf8Length(key);
  requireThat(length !== undefined, ERRORS.INVALID_KEY, "key names must not contain half of a surrogate pair");
  requireThat(
    length <= MAX_KEY_BYTES,
    ERRORS.KEY_TOO_LONG,
    `UTF-8 encoded length of ${length} exceeds key length limit of ${MAX_KEY_BYTES}.`,
  );
  return key;
}

/** Percent-decodes a path segment once. A `%` without two hex digits stands for itself, as URL parsers have it. */
export function decodeKey(segment: string): string {
  try {
    return decodeURIComponent(segment.replace(/%(?![0-9a-f]{2})/gi, "%25"));
  } catch {
    throw new Refusal(ERRORS.INVALID_KEY, "the URL is not valid UTF-8 once decoded");
  }
}
