import { BULK_TIME_MS, MAX_OPERATIONS, MAX_SIMULTANEOUS_OPERATIONS } from "./limits";

/**
 * Runs an operation for each key, as many at once as the runtime allows, and returns the keys for which
 * it failed. What exceeds one invocation, in number or in time, is not begun and counts as failed: the
 * caller sends it again.
 */
export async function forEachKey(
  keys: readonly string[],
  operation: (key: string) => Promise<void>,
): Promise<string[]> {
  const deadline = Date.now() + BULK_TIME_MS;
  const pending = keys.slice(0, MAX_OPERATIONS);
  const failed = keys.slice(MAX_OPERATIONS);
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let key = pending[next++]; key !== undefined; key = pending[next++]) {
      if (Date.now() >= deadline || !(await succeeds(operation, key))) {
        failed.push(key);
      }
    }
  };
  await Promise.all(Array.from({ length: MAX_SIMULTANEOUS_OPERATIONS }, lane));
  return failed;
}

/** Nothing is logged of a failure: KV's words may quote the key, and the caller is told which one it is. */
async function succeeds(operation: (key: string) => Promise<void>, key: string): Promise<boolean> {
  try {
    await operation(key);
    return true;
  } catch {
    return false;
  }
}
