import type { Call } from "./call";
import { type Json, success } from "./envelope";
import * as ERRORS from "./errors";
import { requireThat } from "./refusal";
import { MAX_LIST_LIMIT, MIN_LIST_LIMIT } from "./limits";

/** Which of the listed prefixes comes next, and KV's own cursor within it. */
const CURSOR = /^(\d{1,4})\.(.*)$/s;

/** The cursor of the first page. */
const FIRST = "0.";

/**
 * Lists keys, a page at a time. A prefix that is shorter than the open ones is listed as these, one after the
 * other: no key outside them is named, neither by the result nor by the cursor.
 */
export async function listKeys(call: Call): Promise<Response> {
  const prefixes = call.scope.listed(call.query.get("prefix") ?? "");
  const limit = listLimit(call.query.get("limit"));
  let { index, cursor } = position(call.query.get("cursor") ?? "", prefixes.length);
  const keys: Json[] = [];
  while (index < prefixes.length && keys.length < limit) {
    const prefix = prefixes[index] ?? null;
    const page = await call.kv.list<Json>({
      prefix,
      limit: limit - keys.length,
      cursor: cursor || null,
    });
    keys.push(...page.keys.map(describe));
    if (!page.list_complete) {
      cursor = page.cursor;
      break;
    }
    cursor = "";
    index++;
  }
  return success(keys, { count: keys.length, cursor: index < prefixes.length ? `${index}.${cursor}` : "" });
}

/** What is `undefined` does not appear in JSON. */
function describe({ name, expiration, metadata }: KVNamespaceListKey<Json>): Json {
  return { name, expiration, metadata: metadata ?? undefined };
}

function position(text: string, prefixes: number): { index: number; cursor: string } {
  const [, index, cursor] = CURSOR.exec(text || FIRST) ?? [];
  requireThat(
    index !== undefined && cursor !== undefined && Number(index) < prefixes,
    ERRORS.INVALID_LIST,
    "invalid cursor",
  );
  return { index: Number(index), cursor };
}

function listLimit(text: string | null): number {
  const limit = text === null ? MAX_LIST_LIMIT : Number(/^\d{1,9}$/.test(text) ? text : Number.NaN);
  requireThat(
    limit >= MIN_LIST_LIMIT && limit <= MAX_LIST_LIMIT,
    ERRORS.INVALID_LIST,
    `limit must be an integer from ${MIN_LIST_LIMIT} to ${MAX_LIST_LIMIT}`,
  );
  return limit;
}
