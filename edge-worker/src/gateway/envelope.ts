import type { ApiError } from "./refusal";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** Nothing the gateway says may be kept by a cache on the way. */
const HEADERS = { "content-type": "application/json", "cache-control": "no-store" };

/** Source: API reference, answers of all calls: the fields stand in each, in this order. */
interface Envelope {
  readonly success: boolean;
  readonly errors: readonly { readonly code: number; readonly message: string }[];
  readonly messages: readonly { readonly code: number; readonly message: string }[];
  readonly result: Json;
  readonly result_info?: Json;
}

export function success(result: Json, resultInfo?: Json): Response {
  const envelope: Envelope = { success: true, errors: [], messages: [], result };
  return answer(200, resultInfo === undefined ? envelope : { ...envelope, result_info: resultInfo });
}

export function successWithMessage(result: Json, code: number, message: string): Response {
  return answer(200, { success: true, errors: [], messages: [{ code, message }], result });
}

export function failure({ status, code, message }: ApiError): Response {
  return answer(status, { success: false, errors: [{ code, message }], messages: [], result: null });
}

function answer(status: number, envelope: Envelope): Response {
  return new Response(JSON.stringify(envelope), { status, headers: HEADERS });
}
