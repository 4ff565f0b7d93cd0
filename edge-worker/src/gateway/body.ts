import { parseJson } from "../text";
import * as ERRORS from "./errors";
import { requireThat } from "./refusal";

/**
 * Reads a request's body whole, so that nothing of one that is cut short reaches KV.
 * @param limit most bytes that are read
 * @param message says what is too large
 */
export async function readBody(
  request: Request,
  limit: number,
  message: (bytes: number) => string,
): Promise<Uint8Array> {
  const announced = Number(request.headers.get("content-length") ?? Number.NaN);
  // Also if nothing is announced.
  requireThat(!(announced > limit), ERRORS.TOO_LARGE, message(announced));
  if (!Number.isNaN(announced) || request.body === null) {
    return new Uint8Array(await request.arrayBuffer());
  }
  return readChunks(request.body, limit, message);
}

async function readChunks(
  body: ReadableStream<Uint8Array>,
  limit: number,
  message: (bytes: number) => string,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length <= limit) {
      chunks.push(chunk);
    }
  }
  requireThat(length <= limit, ERRORS.TOO_LARGE, message(length));
  const whole = new Uint8Array(length);
  chunks.reduce((offset, chunk) => {
    whole.set(chunk, offset);
    return offset + chunk.length;
  }, 0);
  return whole;
}

/** Reads a body as JSON in UTF-8. */
export async function readJson(request: Request, limit: number): Promise<unknown> {
  const bytes = await readBody(request, limit, () => `the request must not exceed ${limit} bytes at this gateway`);
  const parsed = parseJson(utf8(bytes));
  requireThat(parsed !== undefined, ERRORS.INVALID_BODY, "could not parse the request body as JSON");
  return parsed;
}

/** Decodes UTF-8; what is not UTF-8 becomes a text that no JSON parser takes. */
export function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return "";
  }
}
