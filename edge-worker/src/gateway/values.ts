import { NO_STORE } from "../no-store";
import { parseJson } from "../text";
import { readBody, utf8 } from "./body";
import type { Call } from "./call";
import { success } from "./envelope";
import * as ERRORS from "./errors";
import { requireThat } from "./refusal";
import { expiry } from "./expiry";
import { decodeKey, requireKey } from "./keys";
import { MAX_METADATA_BYTES, MAX_VALUE_BYTES, READ_CACHE_TTL_SECONDS } from "./limits";
import { metadataOption } from "./metadata";
import { isMultipart, multipartParts } from "./multipart";

/** What a multipart body may hold beside value and metadata, in bytes: boundaries and headers of parts. */
const MULTIPART_FRAME_BYTES = 4096;

const VALUE_HEADERS = { "content-type": "application/octet-stream", ...NO_STORE };

/** Answers with the value's bytes, without an envelope. The binding does not tell when the key expires. */
export async function getValue(call: Call): Promise<Response> {
  const value = await call.kv.get(key(call), { type: "stream", cacheTtl: READ_CACHE_TTL_SECONDS });
  requireThat(value !== null, ERRORS.KEY_NOT_FOUND);
  return new Response(value, { headers: VALUE_HEADERS });
}

export async function putValue(call: Call): Promise<Response> {
  const name = key(call);
  const ends = expiry(call.query.get("expiration_ttl"), call.query.get("expiration"));
  const { value, options } = await entry(call.request);
  requireValue(value);
  await call.kv.put(name, value, { ...ends, ...options });
  return success({});
}

export async function deleteValue(call: Call): Promise<Response> {
  await call.kv.delete(key(call));
  return success({});
}

export async function getMetadata(call: Call): Promise<Response> {
  const { value, metadata } = await call.kv.getWithMetadata<never>(key(call), {
    type: "stream",
    cacheTtl: READ_CACHE_TTL_SECONDS,
  });
  requireThat(value !== null, ERRORS.KEY_NOT_FOUND);
  await value.cancel();
  return success(metadata);
}

export function requireValue(value: Uint8Array): Uint8Array {
  requireThat(value.length <= MAX_VALUE_BYTES, ERRORS.TOO_LARGE, valueTooLarge(value.length));
  return value;
}

function key(call: Call): string {
  return call.scope.require(requireKey(decodeKey(call.segment)));
}

async function entry(request: Request): Promise<{ value: Uint8Array; options: KVNamespacePutOptions }> {
  const contentType = request.headers.get("content-type") ?? "";
  if (!isMultipart(contentType)) {
    return { value: await readBody(request, MAX_VALUE_BYTES, valueTooLarge), options: {} };
  }
  const limit = MAX_VALUE_BYTES + MAX_METADATA_BYTES + MULTIPART_FRAME_BYTES;
  const parts = multipartParts(contentType, await readBody(request, limit, valueTooLarge));
  const value = parts.get("value");
  requireThat(value !== undefined, ERRORS.INVALID_BODY, "multipart body without the part 'value'");
  const metadata = parts.get("metadata");
  return { value, options: metadata === undefined ? {} : metadataOption(metadataJson(metadata)) };
}

function metadataJson(part: Uint8Array): unknown {
  const metadata = parseJson(utf8(part));
  requireThat(metadata !== undefined, ERRORS.INVALID_BODY, "metadata is not valid JSON");
  return metadata;
}

function valueTooLarge(bytes: number): string {
  return `Value length of ${bytes} exceeds limit of ${MAX_VALUE_BYTES}.`;
}
