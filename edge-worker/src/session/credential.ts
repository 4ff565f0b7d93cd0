import type { Env } from "../env";
import { cookieValues } from "./cookies";

/**
 * Where KV holds the session that a request claims to have. Ids that are signed, or hashed before they
 * become keys, are further resolvers: one that does not trust what it finds returns nothing for it,
 * and nothing is read.
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
const ID = /^[A-Za-z0-9._~-]{16,128}$/;

/** Padding may be missing, as Java has it. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

/** Printable ASCII. */
const TEXT = /^[\x20-\x7e]+$/;

export function cookieName(env: Env): string {
  return env.SESSION_COOKIE ?? DEFAULT_COOKIE;
}

/** Finds ids in `Authorization: Bearer` and in the session cookie, Spring's Base64 or plain. */
export const plainIds: CredentialResolver = async (request, env) => {
  const bearer = BEARER.exec(request.headers.get("authorization") ?? "")?.[1];
  const cookies = cookieValues(request.headers.get("cookie"), cookieName(env));
  const ids = [bearer ?? "", ...cookies].flatMap((value) => sessionId(value) ?? []);
  return [...new Set(ids)].map((id) => credential(id, env.SESSION_PREFIX ?? DEFAULT_PREFIX));
};

/** Names the keys as the library's `SessionKeys` does: `session:` makes `session-gone:` and `session-renamed:`. */
function credential(id: string, prefix: string): SessionCredential {
  const stem = prefix.replace(/:$/, "");
  return { recordKey: prefix + id, markerKeys: [`${stem}-gone:${id}`, `${stem}-renamed:${id}`] };
}

/**
 * Returns the id that a cookie or header carries, or `undefined` if no generator can have made it. What
 * Base64 turns into text was Base64: of a plain id it makes anything but text.
 */
export function sessionId(value: string): string | undefined {
  const decoded = BASE64.test(value) ? atob(value) : "";
  const id = TEXT.test(decoded) ? decoded : value;
  return ID.test(id) ? id : undefined;
}
