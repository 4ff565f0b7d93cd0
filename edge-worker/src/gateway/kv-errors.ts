import { type ApiError, ERRORS, Refusal } from "./errors";

/** How the binding words what KV answered, observed on workerd: `KV PUT failed: 429 Too Many Requests`. */
const KV_FAILURE = /^KV ([A-Z_]+) failed: (\d{3})\b/;

const BY_STATUS = new Map<number, ApiError>([
  [400, ERRORS.INVALID_BODY],
  [413, ERRORS.TOO_LARGE],
  [414, ERRORS.KEY_TOO_LONG],
  [429, ERRORS.KEY_WRITTEN_TOO_OFTEN],
]);

/**
 * Says in the API's terms what went wrong. KV's own words are not passed on, for they may quote a key;
 * neither is anything of the gateway itself. What cannot be told is logged by its kind.
 */
export function refusalOf(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) {
    return thrown;
  }
  const message = thrown instanceof Error ? thrown.message : "";
  const [, operation, status] = KV_FAILURE.exec(message) ?? [];
  const known = status === undefined ? undefined : BY_STATUS.get(Number(status));
  if (known === ERRORS.INVALID_BODY && message.includes("expiration")) {
    return new Refusal(ERRORS.INVALID_EXPIRATION);
  }
  if (known === undefined) {
    const name = thrown instanceof Error ? thrown.name : typeof thrown;
    console.error(operation === undefined ? `gateway: ${name}` : `gateway: KV ${operation} failed with ${status}`);
  }
  return new Refusal(known ?? ERRORS.INTERNAL);
}
