import * as ERRORS from "./errors";
import type { Refusal } from "./refusal";
import { refusalOf } from "./kv-errors";
import { BULK_TIME_MS, MAX_OPERATIONS, MAX_SIMULTANEOUS_OPERATIONS } from "./limits";

/**
 * Runs an operation for each key, as many at once as the runtime allows, and returns the keys for which it
 * failed. What exceeds one invocation, in number or in time, is not begun and counts as failed: the caller
 * sends it again.
 * @throws Refusal if nothing succeeded, and the reason is not that keys are written too often: then it is
 * KV that cannot be used, and sending the keys again would not help
 */
export async function forEachKey(
  keys: readonly string[],
  operation: (key: string) => Promise<void>,
): Promise<string[]> {
  const deadline = Date.now() + BULK_TIME_MS;
  const pending = keys.slice(0, MAX_OPERATIONS);
  const failed = keys.slice(MAX_OPERATIONS);
  let next = 0;
  let refusal: Refusal | undefined;
  const lane = async (): Promise<void> => {
    for (let key = pending[next++]; key !== undefined; key = pending[next++]) {
      if (Date.now() >= deadline) {
        failed.push(key);
        continue;
      }
      try {
        await operation(key);
      } catch (thrown) {
        failed.push(key);
        refusal = refusalOf(thrown);
      }
    }
  };
  await Promise.all(Array.from({ length: MAX_SIMULTANEOUS_OPERATIONS }, lane));
  if (
    refusal !== undefined &&
    failed.length === keys.length &&
    refusal.error.code !== ERRORS.KEY_WRITTEN_TOO_OFTEN.code
  ) {
    throw refusal;
  }
  return failed;
}
