import type { Call } from "./call";
import { type Json, success } from "./envelope";
import { ERRORS, Refusal } from "./errors";
import { MAX_LIST_LIMIT, MIN_LIST_LIMIT } from "./limits";

/** Which of the listed prefixes comes next, and KV's own cursor within it. */
const CURSOR = /^(\d{1,4})\.(.*)$/s;

interface Position {
  readonly index: number;
  readonly cursor: string;
}

/**
 * Lists keys, a page at a time. A prefix that is shorter than the open ones is listed as these, one
 * after the other, so a page may be short or empty while its cursor says that there is more.
 */
export async function listKeys(call: Call): Promise<Response> {
  const prefixes = call.scope.listed(call.query.get("prefix") ?? "");
  const limit = listLimit(call.query.get("limit"));
  const at = position(call.query.get("cursor") ?? "");
  const prefix = prefixes[at.index];
  if (prefix === undefined) {
    throw invalid("invalid cursor");
  }
  const page = await call.kv.list<Json>({ prefix, limit, cursor: at.cursor === "" ? null : at.cursor });
  const next = page.list_complete ? { index: at.index + 1, cursor: "" } : { index: at.index, cursor: page.cursor };
  const cursor = next.index < prefixes.length ? `${next.index}.${next.cursor}` : "";
  return success(page.keys.map(describe), { count: page.keys.length, cursor });
}

function describe(key: KVNamespaceListKey<Json>): Json {
  return {
    name: key.name,
    ...(key.expiration === undefined ? {} : { expiration: key.expiration }),
    ...(key.metadata === undefined || key.metadata === null ? {} : { metadata: key.metadata }),
  };
}

function position(text: string): Position {
  if (text === "") {
    return { index: 0, cursor: "" };
  }
  const [, index, cursor] = CURSOR.exec(text) ?? [];
  if (index === undefined || cursor === undefined) {
    throw invalid("invalid cursor");
  }
  return { index: Number(index), cursor };
}

function listLimit(text: string | null): number {
  const limit = text === null ? MAX_LIST_LIMIT : Number(/^\d{1,9}$/.test(text) ? text : Number.NaN);
  if (!(limit >= MIN_LIST_LIMIT && limit <= MAX_LIST_LIMIT)) {
    throw invalid(`limit must be an integer from ${MIN_LIST_LIMIT} to ${MAX_LIST_LIMIT}`);
  }
  return limit;
}

function invalid(message: string): Refusal {
  return new Refusal(ERRORS.INVALID_LIST, message);
}
