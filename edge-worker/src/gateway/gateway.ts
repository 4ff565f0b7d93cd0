import type { Env } from "../env";
import { kindOf } from "../kv-failure";
import { accounts, namespace, namespaces, verifyToken } from "./account";
import { requireCredentials } from "./auth";
import { bulkDelete, bulkPut } from "./bulk-write";
import { bulkGet } from "./bulk-get";
import type { Operation } from "./call";
import { gatewayConfig, isId, type GatewayConfig } from "./config";
import { failure } from "./envelope";
import * as ERRORS from "./errors";
import { Refusal, requireThat } from "./refusal";
import { refusalOf } from "./kv-errors";
import { BULK_TIME_MS, MAX_BULK_BODY_BYTES } from "./limits";
import { listKeys } from "./list";
import { deleteValue, getMetadata, getValue, putValue } from "./values";

/** Where the REST API lies, here as there. */
export const GATEWAY_PATH = "/client/v4/";

const VERIFY_PATH = "user/tokens/verify";

/** Method and path below the namespace, a key replaced by `*`. */
const OPERATIONS = new Map<string, Operation>([
  ["GET values/*", getValue],
  ["PUT values/*", putValue],
  ["DELETE values/*", deleteValue],
  ["GET metadata/*", getMetadata],
  ["GET keys", listKeys],
  ["PUT bulk", bulkPut],
  ["POST bulk/delete", bulkDelete],
  ["POST bulk/get", bulkGet],
]);

/**
 * Serves the REST API's calls from the binding. The order is the API's: secret, route, account,
 * namespace, and only then key and body. No answer quotes a key, a value or what went wrong inside.
 */
export async function gateway(request: Request, url: URL, env: Env): Promise<Response> {
  try {
    const path = url.pathname.startsWith(GATEWAY_PATH) ? url.pathname.slice(GATEWAY_PATH.length) : "";
    await requireCredentials(request, env, path === VERIFY_PATH ? ERRORS.INVALID_TOKEN : ERRORS.AUTHENTICATION);
    return await route(request, url, path, gatewayConfig(env), env.SESSIONS);
  } catch (thrown) {
    const { error } = refusalOf(thrown);
    await drain(request);
    if (error.code === ERRORS.INTERNAL.code) {
      console.error(`gateway: ${kindOf(thrown)}`);
    } else if (error.code === ERRORS.MISCONFIGURED.code) {
      console.error(error.message);
    }
    return failure(error);
  }
}

/**
 * Reads what a refused request still sends: unread, it would end the connection under the client's next call.
 * Whoever sends more than any call has, or for longer than one may take, loses the connection.
 */
async function drain(request: Request): Promise<void> {
  let left = MAX_BULK_BODY_BYTES;
  const nowhere = new WritableStream<Uint8Array>({
    write({ length }, controller) {
      left -= length;
      if (left < 0) {
        controller.error();
      }
    },
  });
  const drained = request.body?.pipeTo(nowhere).catch(() => undefined);
  await Promise.race([drained, scheduler.wait(BULK_TIME_MS)]);
}

async function route(
  request: Request,
  url: URL,
  path: string,
  config: GatewayConfig,
  kv: KVNamespace,
): Promise<Response> {
  const [first, accountId, storage, kind, list, namespaceId, ...rest] = path.split("/");
  if (first === "accounts" && storage === "storage" && kind === "kv" && list === "namespaces") {
    requireAccount(accountId, config);
    if (namespaceId === undefined) {
      return onlyGet(request, () => namespaces(config, url.searchParams));
    }
    requireNamespace(namespaceId, config);
    return operate(request, url, rest, config, kv);
  }
  switch (path) {
    case "accounts":
      return onlyGet(request, () => accounts(config, url.searchParams));
    case VERIFY_PATH:
      return onlyGet(request, () => verifyToken(config));
    default:
      throw new Refusal(ERRORS.NO_ROUTE);
  }
}

function operate(
  request: Request,
  url: URL,
  rest: readonly string[],
  config: GatewayConfig,
  kv: KVNamespace,
): Promise<Response> | Response {
  if (rest.length === 0 || (rest.length === 1 && rest[0] === "")) {
    return onlyGet(request, () => namespace(config));
  }
  const [collection, segment = ""] = rest;
  const hasKey = rest.length === 2 && segment !== "" && (collection === "values" || collection === "metadata");
  const operation = OPERATIONS.get(`${request.method} ${hasKey ? `${collection}/*` : rest.join("/")}`);
  requireThat(operation !== undefined, ERRORS.NO_ROUTE);
  return operation({ request, query: url.searchParams, kv, scope: config.scope, segment });
}

function onlyGet(request: Request, answer: () => Response): Response {
  requireThat(request.method === "GET", ERRORS.NO_ROUTE);
  return answer();
}

function requireAccount(id: string | undefined, config: GatewayConfig): void {
  requireThat(isId(id), ERRORS.NO_ROUTE);
  requireThat(id === config.accountId, ERRORS.FOREIGN_ACCOUNT);
}

function requireNamespace(id: string, config: GatewayConfig): void {
  requireThat(isId(id), ERRORS.NO_ROUTE);
  requireThat(id === config.namespaceId, ERRORS.NAMESPACE_NOT_FOUND);
}
