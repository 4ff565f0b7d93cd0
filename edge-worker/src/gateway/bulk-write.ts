import { isObject, utf8Bytes } from "../text";
import { readJson } from "./body";
import type { Call } from "./call";
import { success } from "./envelope";
import * as ERRORS from "./errors";
import { Refusal, requireThat } from "./refusal";
import { expiry } from "./expiry";
import { requireKey } from "./keys";
import { MAX_BULK_BODY_BYTES, MAX_BULK_PAIRS } from "./limits";
import { metadataOption } from "./metadata";
import { forEachKey } from "./parallel";
import { requireValue } from "./values";

interface Entry {
  readonly value: Uint8Array;
  readonly options: KVNamespacePutOptions;
}

/**
 * Writes many pairs. One that breaks a rule fails the whole call before anything is written; of a key
 * sent twice the last pair counts. KV has no bulk write on the binding, so each pair is an operation.
 */
export async function bulkPut(call: Call): Promise<Response> {
  const entries = new Map<string, Entry>();
  for (const pair of await readArray(call)) {
    const { key, value, ...rest } = isObject(pair) ? pair : {};
    requireThat(
      typeof key === "string" && typeof value === "string",
      ERRORS.INVALID_BODY,
      "each pair needs a key and a value, both strings",
    );
    entries.set(call.scope.require(requireKey(key)), entry(value, rest));
  }
  return report(
    entries.size,
    await forEachKey([...entries.keys()], async (key) => {
      const { value, options } = entries.get(key) as Entry;
      await call.kv.put(key, value, options);
    }),
  );
}

export async function bulkDelete(call: Call): Promise<Response> {
  const keys = new Set((await readArray(call)).map((key) => call.scope.require(requireKey(key))));
  return report(keys.size, await forEachKey([...keys], (key) => call.kv.delete(key)));
}

function report(asked: number, unsuccessful: readonly string[]): Response {
  return success({ successful_key_count: asked - unsuccessful.length, unsuccessful_keys: unsuccessful });
}

async function readArray(call: Call): Promise<readonly unknown[]> {
  const body = await readJson(call.request, MAX_BULK_BODY_BYTES);
  requireThat(Array.isArray(body), ERRORS.INVALID_BODY, "the request body must be a JSON array");
  requireThat(
    body.length <= MAX_BULK_PAIRS,
    ERRORS.INVALID_BODY,
    `the request must not name more than ${MAX_BULK_PAIRS} keys`,
  );
  return body;
}

function entry(value: string, pair: Readonly<Record<string, unknown>>): Entry {
  const bytes = pair["base64"] === true ? decodeBase64(value) : utf8Bytes(value);
  const ends = expiry(numeral(pair["expiration_ttl"]), numeral(pair["expiration"]));
  return { value: requireValue(bytes), options: { ...ends, ...metadataOption(pair["metadata"]) } };
}

function numeral(value: unknown): string | null {
  if (value === undefined || value === null) {
    return null;
  }
  // Not an array: JavaScript would take [60] for 60.
  return typeof value === "number" || typeof value === "string" ? String(value) : "";
}

function decodeBase64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    throw new Refusal(ERRORS.INVALID_BODY, "a value marked base64 is not base64");
  }
}
