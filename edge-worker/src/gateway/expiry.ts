import * as ERRORS from "./errors";
import { requireThat } from "./refusal";
import { MAX_EXPIRATION, MIN_TTL_SECONDS } from "./limits";

const INTEGER = /^[+-]?\d{1,15}$/;

/**
 * Returns when an entry ends, as the binding takes it. The time to live wins if both are given.
 * @param ttl seconds from now, as sent
 * @param expiration epoch seconds, as sent
 */
export function expiry(ttl: string | undefined, expiration: string | undefined): KVNamespacePutOptions {
  if (ttl !== undefined) {
    const seconds = integer(ttl, "expiration_ttl");
    requireWithin(seconds, MIN_TTL_SECONDS, "expiration_ttl");
    return { expirationTtl: seconds };
  }
  if (expiration !== undefined) {
    const end = integer(expiration, "expiration");
    requireWithin(end, MIN_TTL_SECONDS + Math.floor(Date.now() / 1000), "expiration");
    return { expiration: end };
  }
  return {};
}

function integer(text: string, name: string): number {
  requireThat(INTEGER.test(text), ERRORS.INVALID_EXPIRATION, `Invalid ${name}: please specify an integer.`);
  return Number(text);
}

function requireWithin(seconds: number, least: number, name: string): void {
  requireThat(
    seconds >= least && seconds <= MAX_EXPIRATION,
    ERRORS.INVALID_EXPIRATION,
    `Invalid ${name}: it must be at least ${MIN_TTL_SECONDS} seconds ahead and fit in 32 bits.`,
  );
}
