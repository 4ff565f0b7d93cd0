import * as ERRORS from "./errors";
import { requireThat } from "./refusal";
import { MAX_EXPIRATION, MIN_TTL_SECONDS } from "./limits";

const INTEGER = /^[+-]?\d{1,15}$/;

/**
 * Returns when an entry ends, as the binding takes it. The time to live wins if both are given.
 * @param ttl seconds from now, as sent
 * @param expiration epoch seconds, as sent
 */
export function expiry(ttl: string | null, expiration: string | null): KVNamespacePutOptions {
  if (ttl !== null) {
    return { expirationTtl: seconds(ttl, "expiration_ttl", 0) };
  }
  return expiration === null ? {} : { expiration: seconds(expiration, "expiration", Math.floor(Date.now() / 1000)) };
}

function seconds(text: string, name: string, from: number): number {
  requireThat(INTEGER.test(text), ERRORS.INVALID_EXPIRATION, `Invalid ${name}: please specify an integer.`);
  const end = Number(text);
  requireThat(
    end >= from + MIN_TTL_SECONDS && end <= MAX_EXPIRATION,
    ERRORS.INVALID_EXPIRATION,
    `Invalid ${name}: it must be at least ${MIN_TTL_SECONDS} seconds ahead and fit in 32 bits.`,
  );
  return end;
}
