import type { Env } from "../env";
import * as ERRORS from "./errors";
import { Refusal } from "./refusal";
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
  if (prefixes.length === 0) {
    throw misconfigured("KEY_PREFIXES names no prefix");
  }
  return {
    accountId: id(env.ACCOUNT_ID, "ACCOUNT_ID"),
    namespaceId: id(env.NAMESPACE_ID, "NAMESPACE_ID"),
    scope: new KeyScope(prefixes),
  };
}

export function isId(text: string | undefined): boolean {
  return text !== undefined && ID.test(text);
}

function id(value: string | undefined, name: string): string {
  if (value === undefined || !isId(value)) {
    throw misconfigured(`${name} is not an id of 32 hex characters`);
  }
  return value;
}

function misconfigured(what: string): Refusal {
  return new Refusal(ERRORS.MISCONFIGURED, `gateway: not configured: ${what}`);
}
