import type { Env } from "../env";
import { claimedIds, credential, PLAIN_ID, type SessionCredential } from "../session/credential";
import { utf8Bytes } from "../text";
import { base64Url } from "./base64-url";
import { type Protection, requiredProtectionOf } from "./protection";

/** The tenant of a request, as the application's `SessionTenant` names it. */
export type TenantOf = (request: Request) => string | undefined;

/** Kind, name of the key, minute, tenant's tag, what a generator made, signature. Source: the library's `SignedId`. */
const SIGNED = /^(s|sh)\.([a-z0-9]{1,8})\.[0-9a-z]{1,10}\.([\w-]{12}|)\.[\w.~-]{16,128}\.([\w-]{22})$/;

const LOOKS_SIGNED = /^sh?\./;

const LOOKS_HASHED = /^s?h\./;

/** What stands before what a generator made in an id that is hashed and not signed: a mark and the minute. */
const HASHED = /^h\.[0-9a-z]{1,10}\./;

/** No id contains it, so that no name of a key in a listing is an id. */
const MARK = "=";

/** Of an HMAC that is a signature: 128 bits. Source: the library's `IdSigner`. */
const SIGNATURE_BYTES = 16;

/** Of a tenant's hash: 72 bits. Source: the library's `ProtectedIds`. */
const TAG_LENGTH = 12;

/** Finds ids as `plainIds` does, and drops those that are not protected as they should be. */
export async function protectedIds(request: Request, env: Env, tenant?: TenantOf): Promise<SessionCredential[]> {
  const protection = await requiredProtectionOf(env);
  const tag = tenant && (await tagOf(tenant(request)));
  const names = await Promise.all(claimedIds(request, env).map((id) => storageName(id, protection, tag)));
  return names.filter((name) => name !== undefined).map((name) => credential(name, env));
}

/** Returns what stands for an id in KV's keys, or `undefined` if the id must not be trusted. */
async function storageName(id: string, protection: Protection, tag?: string): Promise<string | undefined> {
  const { signing, required } = protection;
  const signed = signing !== undefined && LOOKS_SIGNED.test(id);
  const hashed = LOOKS_HASHED.test(id);
  const lacks = (required.includes("signed") && !signed) || (required.includes("hashed") && !hashed);
  const sound = signed ? await isSigned(id, protection, tag) : tag === undefined && isMade(id, hashed);
  if (lacks || !sound) {
    return undefined;
  }
  return hashed ? MARK + base64Url(await crypto.subtle.digest("SHA-256", utf8Bytes(id))) : id;
}

/** Whether a generator can have made an id that is not signed. */
function isMade(id: string, hashed: boolean): boolean {
  return hashed ? HASHED.test(id) && PLAIN_ID.test(id.replace(HASHED, "")) : PLAIN_ID.test(id);
}

/** The signature is compared as text, of which there is one, and in a time that does not tell where it differs. */
async function isSigned(id: string, { signing }: Protection, tag?: string): Promise<boolean> {
  const [, , name = "", tenant, signature = ""] = SIGNED.exec(id) ?? [];
  const key = signing?.get(name);
  if (key === undefined || (tag !== undefined && tenant !== tag)) {
    return false;
  }
  const body = id.slice(0, -signature.length - 1);
  const hmac = await crypto.subtle.sign("HMAC", key, utf8Bytes(body));
  const expected = base64Url(hmac.slice(0, SIGNATURE_BYTES));
  return crypto.subtle.timingSafeEqual(utf8Bytes(expected), utf8Bytes(signature));
}

async function tagOf(tenant: string | undefined): Promise<string> {
  if (tenant === undefined) {
    return "";
  }
  return base64Url(await crypto.subtle.digest("SHA-256", utf8Bytes(`tenant\n${tenant}`))).slice(0, TAG_LENGTH);
}
