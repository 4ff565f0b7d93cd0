import type { Env } from "../env";
import { cookieValues } from "./cookies";

/**
 * Where KV holds the session that a request claims to have. A resolver that does not trust what it finds
 * returns nothing for it, and nothing is read.
 */
export interface SessionCredential {
  readonly recordKey: string;
  /** Keys of which one is there if the id has ended: the session was deleted, or goes on under another id. */
  readonly markerKeys: readonly string[];
}

export type CredentialResolver = (request: Request, env: Env) => Promise<readonly SessionCredential[]>;

const DEFAULT_COOKIE = "SESSION";

const DEFAULT_PREFIX = "session:";

const BEARER = /^Bearer +(\S+) *$/i;

/**
 * Shape of an id: base64url of 256 bits (`SecureSessionIdGenerator`), a UUID, or another generator's,
 * as `SessionIdShape` of the library has it. Anything else costs no read.
 */
export const PLAIN_ID = /^[\w.~-]{16,128}$/;

/** Padding may be missing, as Java has it. */
const BASE64 = /^(?:[a-z0-9+/]{4})+(?:[a-z0-9+/]{2}(?:==)?|[a-z0-9+/]{3}=?)?$/i;

/** Printable ASCII. */
const TEXT = /^[\x20-\x7e]+$/;

export function cookieName(env: Env): string {
  return env.SESSION_COOKIE ?? DEFAULT_COOKIE;
}

/** Finds ids in `Authorization: Bearer` and in the session cookie, Spring's Base64 or plain. */
export const plainIds: CredentialResolver = async (request, env) =>
  claimedIds(request, env).flatMap((id) => (PLAIN_ID.test(id) ? credential(id, env) : []));

/** Names the keys as the library's `SessionKeys` does: `session:` makes `session-gone:` and `session-renamed:`. */
export function credential(name: string, env: Env): SessionCredential {
  const prefix = env.SESSION_PREFIX ?? DEFAULT_PREFIX;
  const stem = prefix.replace(/:$/, "");
  return { recordKey: prefix + name, markerKeys: [`${stem}-gone:${name}`, `${stem}-renamed:${name}`] };
}

/** What a request says its ids are, of any shape. */
export function claimedIds(request: Request, env: Env): string[] {
  const bearer = BEARER.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
  const cookies = cookieValues(request.headers.get("cookie"), cookieName(env));
  return [...new Set([bearer, ...cookies].map(decoded))];
}

/** What Base64 turns into text was Base64: of a plain id it makes anything but text. */
function decoded(value: string): string {
  const text = BASE64.test(value) ? atob(value) : "";
  return TEXT.test(text) ? text : value;
}
