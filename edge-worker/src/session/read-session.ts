import type { Env } from "../env";
import { type CredentialResolver, plainIds } from "./credential";
import { checkRecord, type SessionCheck } from "./record";

/**
 * How long a location may answer from its cache, in seconds: the smallest value that KV accepts. A logout
 * is seen this much later, on top of KV's own delay of 60 s or more (docs/consistency.md).
 */
const CACHE_TTL_SECONDS = 30;

/** Most ids of one request that are looked up, as each is three reads: a browser sends one, seldom two. */
const MAX_CREDENTIALS = 10;

export interface ReadOptions {
  readonly resolve?: CredentialResolver;
  /** Turns what KV holds under a key into a record's text, such as by decryption; what is no record becomes `""`. */
  readonly open?: (stored: string, key: string, env: Env) => Promise<string>;
  /** Says what is wrong with the variables; `withSession` then answers 502. */
  readonly mistake?: (env: Env) => Promise<string | undefined>;
  /** Epoch milliseconds. */
  readonly now?: number;
}

export interface FoundSession {
  readonly key: string;
  readonly check: SessionCheck;
}

/**
 * Finds the session of a request. Record and markers come in one bulk read, which counts as one
 * operation; nothing is ever written. KV is eventually consistent: a session that was ended elsewhere may
 * be found for a minute and a half or more, and one that has just begun may not.
 * @throws Error if KV does not answer: nothing is known then, not even that there is no session
 */
export async function readSession(request: Request, env: Env, options: ReadOptions = {}): Promise<SessionCheck> {
  return (await findSession(request, env, options)).check;
}

/** What {@link readSession} says, and of which key in KV. That holds the id, so no handler is given it. */
export async function findSession(request: Request, env: Env, options: ReadOptions): Promise<FoundSession> {
  const { resolve = plainIds, open, now = Date.now() } = options;
  const credentials = (await resolve(request, env)).slice(0, MAX_CREDENTIALS);
  if (credentials.length === 0) {
    return { key: "", check: { session: null, reason: "no-credential" } };
  }
  const keys = credentials.flatMap(({ recordKey, markerKeys }) => [recordKey, ...markerKeys]);
  const found = await env.SESSIONS.get(keys, { type: "text", cacheTtl: CACHE_TTL_SECONDS });
  const checked = await Promise.all(
    credentials.map(async ({ recordKey, markerKeys }) => {
      const stored = found.get(recordKey) ?? null;
      const record = (stored && (await open?.(stored, recordKey, env))) ?? stored;
      const ended = markerKeys.some((key) => found.get(key) != null);
      return { key: recordKey, check: checkRecord(record, ended, now) };
    }),
  );
  return checked.find(({ check }) => check.session !== null) ?? (checked[0] as FoundSession);
}
