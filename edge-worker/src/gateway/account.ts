import type { Call } from "./call";
import { type Json, success, successWithMessage } from "./envelope";
import * as ERRORS from "./errors";
import { requireThat } from "./refusal";

/** Calls around the namespace. The gateway knows one account, one namespace and one token. */

/** Source: API reference, "Verify Token": the code of its message. */
const TOKEN_VALID = 10000;

/** Length of a page if none is asked for. Source: API reference, "List Namespaces". */
const PAGE_SIZE = 20;

export function accounts({ accountId, query }: Call): Response {
  return onePage({ id: accountId, name: "kv-session gateway", type: "standard" }, query);
}

export function verifyToken({ namespaceId }: Call): Response {
  return successWithMessage({ id: namespaceId, status: "active" }, TOKEN_VALID, "This API Token is valid and active");
}

export function namespaces(call: Call): Response {
  return onePage(describe(call), call.query);
}

export function namespace(call: Call): Response {
  return success(describe(call));
}

/** A second page must be empty: Cloudflare's own SDK turns pages until one is. */
function onePage(only: Json, query: URLSearchParams): Response {
  const page = number(query, "page", 1);
  const result = page === 1 ? [only] : [];
  const size = number(query, "per_page", PAGE_SIZE);
  return success(result, { page, per_page: size, total_pages: 1, count: result.length, total_count: 1 });
}

function number(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name) ?? `${otherwise}`;
  requireThat(/^\d{1,9}$/.test(text), ERRORS.INVALID_LIST, `${name} must be an integer`);
  return Math.max(1, Number(text));
}

function describe({ namespaceId }: Call): Json {
  return { id: namespaceId, title: "BLOCKHAVEN_SESSIONS", supports_url_encoding: true };
}
