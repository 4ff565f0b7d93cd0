import { KV_FAILURE, messageOf } from "../kv-failure";
import * as ERRORS from "./errors";
import { type ApiError, Refusal } from "./refusal";

/** What is done to a key once a second at most. A read that is turned away is tried again as any failed one. */
const WRITES: ReadonlySet<string | undefined> = new Set(["PUT", "DELETE"]);

/** The same for a free plan's daily quota, from public post-mortems: `KV put() limit exceeded for the day.` */
const QUOTA_EXHAUSTED = /^KV \w+\(\) limit exceeded for the day/;

const BY_STATUS = new Map<number, ApiError>([
  [400, ERRORS.INVALID_BODY],
  [413, ERRORS.TOO_LARGE],
  [414, ERRORS.KEY_TOO_LONG],
  [429, ERRORS.KEY_WRITTEN_TOO_OFTEN],
]);

/**
 * Says in the API's terms what went wrong. KV's own words are not passed on, for they may quote a key;
 * neither is anything of the gateway itself.
 */
export function refusalOf(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) {
    return thrown;
  }
  const message = messageOf(thrown);
  if (QUOTA_EXHAUSTED.test(message)) {
    return new Refusal(ERRORS.QUOTA_EXHAUSTED);
  }
  const [, operation, status] = KV_FAILURE.exec(message) ?? [];
  const known = BY_STATUS.get(Number(status));
  if (known === ERRORS.KEY_WRITTEN_TOO_OFTEN && !WRITES.has(operation)) {
    return new Refusal(ERRORS.INTERNAL);
  }
  if (known === ERRORS.INVALID_BODY && message.includes("expiration")) {
    return new Refusal(ERRORS.INVALID_EXPIRATION);
  }
  return new Refusal(known ?? ERRORS.INTERNAL);
}
