import type { ApiError } from "./refusal";

/**
 * The REST API's errors, with the status and code each is known by; where no public source tells
 * them, as the emulator in `kv-session-test` has them. Codes of 90000 and above are the gateway's
 * own: Cloudflare has no such.
 */

const error = (status: number, code: number, message: string): ApiError => ({ status, code, message });

export const MISSING_CREDENTIALS = error(400, 9106, "Missing X-Auth-Key, X-Auth-Email or Authorization headers");
export const AUTHENTICATION = error(401, 10000, "Authentication error");
export const INVALID_TOKEN = error(401, 1000, "Invalid API Token");
export const FOREIGN_ACCOUNT = error(403, 10000, "Authentication error");
export const NO_ROUTE = error(404, 7003, "Could not route to this path, perhaps your object identifier is invalid?");
export const KEY_NOT_FOUND = error(404, 10009, "get: 'key not found'");
export const NAMESPACE_NOT_FOUND = error(404, 10013, "get: 'namespace not found'");
export const INVALID_BODY = error(400, 10012, "invalid request body");
export const INVALID_KEY = error(400, 10012, "invalid key name");
export const INVALID_LIST = error(400, 10012, "invalid list parameters");
export const TOO_MANY_KEYS = error(400, 10029, "bulk get keys: 'You can request a maximum of 100 keys'");
export const INVALID_EXPIRATION = error(400, 10034, "invalid expiration_ttl");
export const KEY_TOO_LONG = error(414, 10012, "key too long");
export const TOO_LARGE = error(413, 10012, "request too large");
export const KEY_WRITTEN_TOO_OFTEN = error(429, 429, "Too Many Requests");
export const QUOTA_EXHAUSTED = error(
  429,
  10048,
  "your account has reached the free usage limit for this operation for today",
);
export const INTERNAL = error(500, 10001, "internal error");
export const OUTSIDE_PREFIXES = error(403, 90001, "gateway: a key begins with none of KEY_PREFIXES");
export const MISCONFIGURED = error(403, 90002, "gateway: not configured");
