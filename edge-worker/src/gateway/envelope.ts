import { NO_STORE } from "../no-store";
import type { ApiError } from "./refusal";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json | undefined };

/** Nothing the gateway says may be kept by a cache on the way. */
const HEADERS = { "content-type": "application/json", ...NO_STORE };

export function success(result: Json, resultInfo?: Json): Response {
  return answer(200, [], [], result, resultInfo);
}

export function successWithMessage(result: Json, code: number, message: string): Response {
  return answer(200, [], [{ code, message }], result);
}

export function failure({ status, code, message }: ApiError): Response {
  return answer(status, [{ code, message }], [], null);
}

interface Message {
  readonly code: number;
  readonly message: string;
}

/** Source: API reference, answers of all calls: the fields stand in each, in this order; `result_info` only in some. */
function answer(
  status: number,
  errors: readonly Message[],
  messages: readonly Message[],
  result: Json,
  resultInfo?: Json,
): Response {
  const envelope = { success: errors.length === 0, errors, messages, result, result_info: resultInfo };
  return new Response(JSON.stringify(envelope), { status, headers: HEADERS });
}
