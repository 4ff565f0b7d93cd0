import type { Env } from "../env";
import { type KeyRing, keyRing, Mistake, type Purpose } from "./key-ring";

/** What the variables say of the protections of sessions. */
export interface Protection {
  /** Keys that sign ids; without them, no id counts as signed. */
  readonly signing?: KeyRing;
  /** Keys that seal records; without them, a sealed record is one of a newer schema. */
  readonly sealing?: KeyRing;
  /** The protections without which nothing is accepted. */
  readonly required: readonly string[];
}

const SIGNING: Purpose = {
  name: "session id, HMAC-SHA-256, version 1",
  algorithm: { name: "HMAC", hash: "SHA-256", length: 256 },
  usage: "sign",
};

const SEALING: Purpose = {
  name: "session record, AES-256-GCM, version 1",
  algorithm: { name: "AES-GCM", length: 256 },
  usage: "decrypt",
};

const NAMESPACE_ID = /^[0-9a-f]{32}$/i;

/** The keys without which what is required could not be checked. */
const NEEDED: Readonly<Record<string, "SESSION_SIGNING_KEYS" | "SESSION_KEYS" | undefined>> = {
  signed: "SESSION_SIGNING_KEYS",
  hashed: undefined,
  sealed: "SESSION_KEYS",
};

/** What was read last in this isolate: keys are derived once. */
let last: { readonly of: string; readonly is: Protection | Mistake } | undefined;

/** Reads the variables, or returns what is wrong with them. */
export async function protectionOf(env: Env): Promise<Protection | Mistake> {
  const of = [env.SESSION_SIGNING_KEYS, env.SESSION_KEYS, env.SESSION_REQUIRED, env.NAMESPACE_ID].join("\n");
  if (last?.of !== of) {
    last = { of, is: await read(env).catch(asMistake) };
  }
  return last.is;
}

/** @throws Mistake if the variables are wrong */
export async function requiredProtectionOf(env: Env): Promise<Protection> {
  const protection = await protectionOf(env);
  if (protection instanceof Mistake) {
    throw protection;
  }
  return protection;
}

function asMistake(thrown: unknown): Mistake {
  if (thrown instanceof Mistake) {
    return thrown;
  }
  throw thrown;
}

async function read(env: Env): Promise<Protection> {
  const required = (env.SESSION_REQUIRED ?? "").split(" ").filter((word) => word !== "");
  for (const word of required) {
    if (!Object.hasOwn(NEEDED, word)) {
      throw new Mistake("SESSION_REQUIRED names something else than signed, hashed and sealed");
    }
    const needed = NEEDED[word];
    if (needed !== undefined && !env[needed]) {
      throw new Mistake(`SESSION_REQUIRED says ${word}, which needs the secret ${needed}`);
    }
  }
  return {
    ...(env.SESSION_SIGNING_KEYS && { signing: await ring(env, "SESSION_SIGNING_KEYS", SIGNING) }),
    ...(env.SESSION_KEYS && { sealing: await ring(env, "SESSION_KEYS", SEALING) }),
    required,
  };
}

function ring(env: Env, variable: "SESSION_SIGNING_KEYS" | "SESSION_KEYS", purpose: Purpose): Promise<KeyRing> {
  if (!NAMESPACE_ID.test(env.NAMESPACE_ID ?? "")) {
    throw new Mistake(`${variable} needs NAMESPACE_ID, which is not an id of 32 hex characters`);
  }
  return keyRing(variable, env[variable] as string, purpose, (env.NAMESPACE_ID as string).toLowerCase());
}
