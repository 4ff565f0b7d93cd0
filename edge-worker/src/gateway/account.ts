import type { GatewayConfig } from "./config";
import { type Json, success, successWithMessage } from "./envelope";

/** Calls around the namespace. The gateway knows one account, one namespace and one token. */

/** Source: API reference, "Verify Token": the code of its message. */
const TOKEN_VALID = 10000;

const ONE_PAGE: Json = { page: 1, per_page: 20, total_pages: 1, count: 1, total_count: 1 };

export function accounts(config: GatewayConfig): Response {
  return success([{ id: config.accountId, name: "kv-session gateway", type: "standard" }], ONE_PAGE);
}

export function verifyToken(config: GatewayConfig): Response {
  return successWithMessage(
    { id: config.namespaceId, status: "active" },
    TOKEN_VALID,
    "This API Token is valid and active",
  );
}

export function namespaces(config: GatewayConfig): Response {
  return success([describe(config)], ONE_PAGE);
}

export function namespace(config: GatewayConfig): Response {
  return success(describe(config));
}

function describe(config: GatewayConfig): Json {
  return { id: config.namespaceId, title: "SESSIONS", supports_url_encoding: true };
}
