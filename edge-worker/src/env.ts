/**
 * What the Worker is configured with: `wrangler.toml` holds the binding and the variables,
 * `wrangler secret put` the secrets. Everything but the binding may be missing, and what is
 * missing closes what it would open.
 */
export interface Env {
  readonly SESSIONS: KVNamespace;
  /** 32 hex characters; the account in the gateway's paths. */
  readonly ACCOUNT_ID?: string;
  /** 32 hex characters; the namespace in the gateway's paths, the one that `SESSIONS` is bound to. */
  readonly NAMESPACE_ID?: string;
  /** Key prefixes that the gateway opens, separated by spaces; `*` alone opens the whole namespace. */
  readonly KEY_PREFIXES?: string;
  /** What the gateway takes as API token, at least 32 characters. Secret. */
  readonly GATEWAY_SECRET?: string;
  /** The secret before, valid beside the new one while instances change over. Secret. */
  readonly GATEWAY_SECRET_PREVIOUS?: string;
  /** The library's `cloudflare.kv.session.key-prefix`; `session:` if absent. */
  readonly SESSION_PREFIX?: string;
  /** The library's `cloudflare.kv.session.id.signing-keys`, with commas between them; for `secure.ts`. Secret. */
  readonly SESSION_SIGNING_KEYS?: string;
  /** The library's `cloudflare.kv.session.encryption.keys`, with commas between them; for `secure.ts`. Secret. */
  readonly SESSION_KEYS?: string;
  /** Of `signed hashed sealed` those without which a session is refused, separated by spaces; for `secure.ts`. */
  readonly SESSION_REQUIRED?: string;
  /** The name of Spring's session cookie; `SESSION` if absent. */
  readonly SESSION_COOKIE?: string;
  /** Where to send who is not logged in; `/login` if absent. */
  readonly LOGIN_PATH?: string;
  /** The application behind the Worker, such as `https://app.example.com`. */
  readonly ORIGIN?: string;
  /** The application's path that renews a session, such as `/touch`; without it, visits at the edge renew none. */
  readonly TOUCH_PATH?: string;
  /** The library's `cloudflare.kv.session.touch-interval` in seconds; an hour if absent. */
  readonly TOUCH_SECONDS?: string;
}
