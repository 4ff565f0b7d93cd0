import type { KeyScope } from "./scope";

/** A request that has passed the gate: its secret, account and namespace are right. */
export interface Call {
  readonly request: Request;
  readonly query: URLSearchParams;
  readonly kv: KVNamespace;
  readonly scope: KeyScope;
  /** The last segment of a path that names a key, still percent-encoded; empty in other paths. */
  readonly segment: string;
}

export type Operation = (call: Call) => Promise<Response>;
