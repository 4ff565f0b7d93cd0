import { kindOf } from "../kv-failure";
import * as ERRORS from "./errors";
import { refusalOf } from "./kv-errors";
import { BULK_TIME_MS, MAX_OPERATIONS, MAX_SIMULTANEOUS_OPERATIONS } from "./limits";

/**
 * Runs an operation for each key, as many at once as the runtime allows, and returns the keys for which it
 * failed. What exceeds one invocation, in number or in time, is not begun and counts as failed: the caller
 * sends it again.
 * @throws unknown what the binding threw first, if nothing succeeded and not all of it is that keys are
 * written too often: then it is KV that cannot be used, and sending the keys again would not help
 */
export async function forEachKey(
  keys: readonly string[],
  operation: (key: string) => Promise<void>,
): Promise<string[]> {
  const deadline = Date.now() + BULK_TIME_MS;
  const pending = keys.slice(0, MAX_OPERATIONS);
  const failed = keys.slice(MAX_OPERATIONS);
  let next = 0;
  let failure: unknown;
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
        if (refusalOf(thrown).error.code !== ERRORS.KEY_WRITTEN_TOO_OFTEN.code) {
          failure ??= thrown;
        }
      }
    }
  };
  await Promise.all(Array.from({ length: MAX_SIMULTANEOUS_OPERATIONS }, lane));
  if (failure !== undefined) {
    if (failed.length === keys.length) {
      throw failure;
    }
    console.error(`gateway: ${kindOf(failure)}`);
  }
  return failed;
}
