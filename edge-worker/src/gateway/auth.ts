import type { Env } from "../env";
import { utf8Bytes } from "../text";
import * as ERRORS from "./errors";
import { type ApiError, requireThat } from "./refusal";

/** Shortest secret that is taken, in characters: 128 bits as hex. A shorter one counts as none. */
const MIN_SECRET_LENGTH = 32;

/** What anybody can guess: placeholders that nothing has replaced, and a word that is repeated. */
const GUESSABLE = /\$\{.*}|^(\$\w+|<.*>|(.{1,8}?)\2+)$/;

const BEARER = "Bearer ";

/** Digests of the configured secrets: two, and two more while a new version is rolled out. */
const digests = new Map<string, ArrayBuffer>();

/** Refuses a request without one of the two secrets that may be valid at once. */
export async function requireCredentials(request: Request, env: Env, wrong: ApiError): Promise<void> {
  requireThat(request.headers.has("authorization"), ERRORS.MISSING_CREDENTIALS);
  if (secrets(env).every((secret) => secret === "")) {
    console.error(`gateway: closed: no random secret of ${MIN_SECRET_LENGTH} characters`);
  }
  requireThat(await holdsSecret(request, env), wrong);
}

/**
 * Tells whether a request holds one of the secrets. Digests of equal length are compared, each with both,
 * so that the time tells neither where a guess differs nor which secret exists.
 */
export async function holdsSecret(request: Request, env: Env): Promise<boolean> {
  const authorization = request.headers.get("authorization");
  if (authorization === null) {
    return false;
  }
  const given = await digest(authorization);
  let holds = false;
  for (const secret of secrets(env)) {
    const same = crypto.subtle.timingSafeEqual(given, await expected(secret));
    holds = (same && secret !== "") || holds;
  }
  return holds;
}

/** The two secrets, empty where there is none or one that anybody can guess. */
function secrets(env: Env): string[] {
  return [env.GATEWAY_SECRET, env.GATEWAY_SECRET_PREVIOUS].map((secret = "") =>
    secret.length < MIN_SECRET_LENGTH || GUESSABLE.test(secret) ? "" : secret,
  );
}

async function expected(secret: string): Promise<ArrayBuffer> {
  const known = digests.get(secret) ?? (await digest(BEARER + secret));
  digests.set(secret, known);
  return known;
}

function digest(text: string): Promise<ArrayBuffer> {
  return crypto.subtle.digest("SHA-256", utf8Bytes(text));
}
