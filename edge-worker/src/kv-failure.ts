/** How the binding words what KV answered, observed on workerd: `KV PUT failed: 429 Too Many Requests`. */
export const KV_FAILURE = /^KV ([A-Z_]+) failed: (\d{3})\b/;

/** Says for the log of what kind a failure was, without a key. */
export function kindOf(thrown: unknown): string {
  return KV_FAILURE.exec(messageOf(thrown))?.[0] ?? (thrown instanceof Error ? thrown.name : typeof thrown);
}

/** Not for the log, because it may quote a key. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : "";
}
