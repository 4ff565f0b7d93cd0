import type { Env } from "../env";
import { kindOf } from "../kv-failure";
import { accounts, namespace, namespaces, verifyToken } from "./account";
import { requireCredentials } from "./auth";
import { bulkDelete, bulkPut } from "./bulk-write";
import { bulkGet } from "./bulk-get";
import type { Operation } from "./call";
import { gatewayConfig, isId } from "./config";
import { failure } from "./envelope";
import * as ERRORS from "./errors";
import { type ApiError, requireThat } from "./refusal";
import { refusalOf } from "./kv-errors";
import { BULK_TIME_MS, MAX_BULK_BODY_BYTES } from "./limits";
import { listKeys } from "./list";
import { deleteValue, getMetadata, getValue, putValue } from "./values";

/** Where the REST API lies, here as there. */
export const GATEWAY_PATH = "/client/v4/";

const VERIFY_PATH = "user/tokens/verify";

/** The account's namespaces: account, and of one namespace its id and the path below it. */
const NAMESPACES = /^accounts\/([^/]*)\/storage\/kv\/namespaces(?:\/([^/]*)\/?(.*))?$/;

/** The path of a key below the namespace. */
const KEY = /^(values|metadata)\/([^/]+)$/;

/** Stands for the listing of namespaces; no path holds a question mark. */
const LISTING = "?";

/** Method and path: below the namespace with a key replaced by `*`, or from the root. */
const OPERATIONS = new Map<string, Operation>([
  ["GET values/*", getValue],
  ["PUT values/*", putValue],
  ["DELETE values/*", deleteValue],
  ["GET metadata/*", getMetadata],
  ["GET keys", listKeys],
  ["PUT bulk", bulkPut],
  ["POST bulk/delete", bulkDelete],
  ["POST bulk/get", bulkGet],
  ["GET ", namespace],
  [`GET ${LISTING}`, namespaces],
  ["GET /accounts", accounts],
  [`GET /${VERIFY_PATH}`, verifyToken],
]);

/**
 * Serves the REST API's calls from the binding. The order is the API's: secret, route, account,
 * namespace, and only then key and body. No answer quotes a key, a value or what went wrong inside.
 */
export async function gateway(request: Request, url: URL, env: Env): Promise<Response> {
  try {
    const path = url.pathname.startsWith(GATEWAY_PATH) ? url.pathname.slice(GATEWAY_PATH.length) : "";
    await requireCredentials(request, env, path === VERIFY_PATH ? ERRORS.INVALID_TOKEN : ERRORS.AUTHENTICATION);
    return await route(request, url, path, env);
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

async function route(request: Request, url: URL, path: string, env: Env): Promise<Response> {
  const config = gatewayConfig(env);
  const [whole, accountId, namespaceId, below = ""] = NAMESPACES.exec(path) ?? [];
  let name = `/${path}`;
  let segment = "";
  if (whole !== undefined) {
    requireId(accountId, config.accountId, ERRORS.FOREIGN_ACCOUNT);
    name = LISTING;
  }
  if (namespaceId !== undefined) {
    requireId(namespaceId, config.namespaceId, ERRORS.NAMESPACE_NOT_FOUND);
    const [, collection, key = ""] = KEY.exec(below) ?? [];
    name = collection === undefined ? below : `${collection}/*`;
    segment = key;
  }
  const operation = OPERATIONS.get(`${request.method} ${name}`);
  requireThat(operation !== undefined, ERRORS.NO_ROUTE);
  return operation({ request, query: url.searchParams, kv: env.SESSIONS, segment, ...config });
}

function requireId(id: string | undefined, ours: string, otherwise: ApiError): void {
  requireThat(isId(id), ERRORS.NO_ROUTE);
  requireThat(id === ours, otherwise);
}
