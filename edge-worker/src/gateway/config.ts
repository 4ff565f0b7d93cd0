import type { Env } from "../env";
import * as ERRORS from "./errors";
import { requireThat } from "./refusal";
import { KeyScope } from "./scope";

const ID = /^[0-9a-f]{32}$/;

export interface GatewayConfig {
  readonly accountId: string;
  readonly namespaceId: string;
  readonly scope: KeyScope;
}

/** Reads the gateway's variables, and refuses every call if one is missing or still a placeholder. */
export function gatewayConfig(env: Env): GatewayConfig {
  const prefixes = (env.KEY_PREFIXES ?? "").split(" ").filter((prefix) => prefix !== "");
  requireConfigured(prefixes.length > 0, "KEY_PREFIXES names no prefix");
  return {
    accountId: id(env.ACCOUNT_ID, "ACCOUNT_ID"),
    namespaceId: id(env.NAMESPACE_ID, "NAMESPACE_ID"),
    scope: new KeyScope(prefixes),
  };
}

export function isId(text: string | undefined): text is string {
  return text !== undefined && ID.test(text);
}

function id(value: string | undefined, name: string): string {
  requireConfigured(isId(value), `${name} is not an id of 32 hex characters`);
  return value;
}

function requireConfigured(holds: boolean, otherwise: string): asserts holds {
  requireThat(holds, ERRORS.MISCONFIGURED, `gateway: not configured: ${otherwise}`);
}
