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
export async function bulkGet({ request, scope, kv }: Call): Promise<Response> {
  const { keys, json, withMetadata } = read(await readJson(request, MAX_BULK_BODY_BYTES));
  keys.forEach((key) => scope.require(key));
  const options = { type: "text", cacheTtl: READ_CACHE_TTL_SECONDS } as const;
  const found = withMetadata ? await kv.getWithMetadata<Json>(keys, options) : await kv.get(keys, options);
  const values = keys.map((key) => [key, answered(found.get(key) ?? null, json)]);
  return success({ values: Object.fromEntries(values) as Json });
}

function answered(entry: string | null | KVNamespaceGetWithMetadataResult<string, Json>, json: boolean): Json {
  if (entry === null || typeof entry === "string") {
    return shown(entry, json);
  }
  const { value, metadata } = entry;
  return typeof value === "string" ? { value: shown(value, json), metadata } : null;
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
