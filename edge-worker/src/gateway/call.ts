import type { GatewayConfig } from "./config";

/** A request that has passed the gate: its secret is right, and so are the ids in its path. */
export interface Call extends GatewayConfig {
  readonly request: Request;
  readonly query: URLSearchParams;
  readonly kv: KVNamespace;
  /** The last segment of a path that names a key, still percent-encoded; empty in other paths. */
  readonly segment: string;
}

export type Operation = (call: Call) => Response | Promise<Response>;
