import { isObject, parseJson } from "../text";
import { readJson } from "./body";
import type { Call } from "./call";
import { type Json, success } from "./envelope";
import * as ERRORS from "./errors";
import { requireThat } from "./refusal";
import { requireKey } from "./keys";
import { MAX_BULK_BODY_BYTES, MAX_BULK_GET_KEYS, READ_CACHE_TTL_SECONDS } from "./limits";

interface Asked {
  readonly keys: string[];
  readonly json: boolean;
  readonly withMetadata: boolean;
}

/** Reads many values as text or JSON, in one operation of the binding. Binary values do not survive it. */
export async function bulkGet(call: Call): Promise<Response> {
  const asked = read(await readJson(call.request, MAX_BULK_BODY_BYTES));
  asked.keys.forEach((key) => call.scope.require(key));
  const values = asked.withMetadata ? await described(call, asked) : await plain(call, asked);
  return success({ values: Object.fromEntries(values) });
}

async function plain(call: Call, { keys, json }: Asked): Promise<[string, Json][]> {
  const found = await call.kv.get(keys, { type: "text", cacheTtl: READ_CACHE_TTL_SECONDS });
  return keys.map((key) => [key, shown(found.get(key) ?? null, json)]);
}

async function described(call: Call, { keys, json }: Asked): Promise<[string, Json][]> {
  const found = await call.kv.getWithMetadata<Json>(keys, { type: "text", cacheTtl: READ_CACHE_TTL_SECONDS });
  return keys.map((key) => {
    const entry = found.get(key);
    return [
      key,
      typeof entry?.value === "string" ? { value: shown(entry.value, json), metadata: entry.metadata } : null,
    ];
  });
}

function shown(value: string | null, json: boolean): Json {
  if (value === null || !json) {
    return value;
  }
  const parsed = parseJson(value);
  requireThat(parsed !== undefined, ERRORS.INVALID_BODY, "a value read as json is not JSON");
  return parsed as Json;
}

function read(body: unknown): Asked {
  const { keys, type: asked, withMetadata } = isObject(body) ? body : {};
  const type = asked ?? "text";
  requireThat(
    Array.isArray(keys) && keys.length > 0,
    ERRORS.INVALID_BODY,
    "the request body must hold a non-empty array 'keys'",
  );
  requireThat(keys.length <= MAX_BULK_GET_KEYS, ERRORS.TOO_MANY_KEYS);
  requireThat(type === "text" || type === "json", ERRORS.INVALID_BODY, "type must be text or json");
  return { keys: keys.map(requireKey), json: type === "json", withMetadata: withMetadata === true };
}
