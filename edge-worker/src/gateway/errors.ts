/** What a refused call is answered with. */
export interface ApiError {
  readonly status: number;
  readonly code: number;
  readonly message: string;
}

/**
 * The REST API's errors, with the status and code each is known by; where no public source tells
 * them, as the emulator in `kv-session-test` has them. Codes of 90000 and above are the gateway's
 * own: Cloudflare has no such.
 */
export const ERRORS = {
  MISSING_CREDENTIALS: {
    status: 400,
    code: 9106,
    message: "Missing X-Auth-Key, X-Auth-Email or Authorization headers",
  },
  AUTHENTICATION: { status: 401, code: 10000, message: "Authentication error" },
  INVALID_TOKEN: { status: 401, code: 1000, message: "Invalid API Token" },
  FOREIGN_ACCOUNT: { status: 403, code: 10000, message: "Authentication error" },
  NO_ROUTE: {
    status: 404,
    code: 7003,
    message: "Could not route to this path, perhaps your object identifier is invalid?",
  },
  KEY_NOT_FOUND: { status: 404, code: 10009, message: "get: 'key not found'" },
  NAMESPACE_NOT_FOUND: { status: 404, code: 10013, message: "get: 'namespace not found'" },
  INVALID_BODY: { status: 400, code: 10012, message: "invalid request body" },
  INVALID_KEY: { status: 400, code: 10012, message: "invalid key name" },
  INVALID_LIST: { status: 400, code: 10012, message: "invalid list parameters" },
  TOO_MANY_KEYS: { status: 400, code: 10029, message: "bulk get keys: 'You can request a maximum of 100 keys'" },
  INVALID_EXPIRATION: { status: 400, code: 10034, message: "invalid expiration_ttl" },
  KEY_TOO_LONG: { status: 414, code: 10012, message: "key too long" },
  TOO_LARGE: { status: 413, code: 10012, message: "request too large" },
  KEY_WRITTEN_TOO_OFTEN: { status: 429, code: 429, message: "Too Many Requests" },
  QUOTA_EXHAUSTED: {
    status: 429,
    code: 10048,
    message: "your account has reached the free usage limit for this operation for today",
  },
  INTERNAL: { status: 500, code: 10001, message: "internal error" },
  OUTSIDE_PREFIXES: {
    status: 403,
    code: 90001,
    message: "gateway: a key is outside the prefixes that this gateway opens; see KEY_PREFIXES",
  },
  MISCONFIGURED: { status: 403, code: 90002, message: "gateway: not configured" },
} as const satisfies Record<string, ApiError>;

/** Ends the handling of a call with an error answer. Its message quotes no key and no value. */
export class Refusal extends Error {
  readonly error: ApiError;

  constructor(error: ApiError, message: string = error.message) {
    super(message);
    this.error = { ...error, message };
  }
}
