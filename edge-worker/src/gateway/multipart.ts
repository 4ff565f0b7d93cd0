import { utf8Bytes } from "../text";
import * as ERRORS from "./errors";
import { requireThat } from "./refusal";

/**
 * Parts of a `multipart/form-data` body (RFC 7578) as bytes. `Request.formData()` would decode a value
 * without a file name as UTF-8, and so damage binary values.
 */

const BOUNDARY = /boundary="?([^";]+)"?/i;

const NAME = /^content-disposition:[^\r\n]*[;\s]name="?([^";\r\n]+)/im;

const CR = 13;

export function isMultipart(contentType: string): boolean {
  return contentType.toLowerCase().startsWith("multipart/form-data");
}

export function multipartParts(contentType: string, body: Uint8Array): Map<string, Uint8Array> {
  const boundary = BOUNDARY.exec(contentType)?.[1];
  requireThat(boundary !== undefined, ERRORS.INVALID_BODY, "multipart body without a boundary");
  const delimiter = utf8Bytes(`\r\n--${boundary}`);
  const parts = new Map<string, Uint8Array>();
  // The first delimiter has no line before it.
  let start = startsWith(body, delimiter.subarray(2), 0) ? -2 : indexOf(body, delimiter, 0);
  while (start !== undefined) {
    const end = indexOf(body, delimiter, start + delimiter.length);
    if (end !== undefined) {
      addPart(parts, body.subarray(start + delimiter.length, end));
    }
    start = end;
  }
  return parts;
}

function addPart(parts: Map<string, Uint8Array>, part: Uint8Array): void {
  const headersEnd = indexOf(part, new Uint8Array([CR, 10, CR, 10]), 0);
  const headers = headersEnd === undefined ? "" : new TextDecoder().decode(part.subarray(0, headersEnd));
  const name = NAME.exec(headers.trimStart())?.[1];
  requireThat(
    headersEnd !== undefined && name !== undefined,
    ERRORS.INVALID_BODY,
    "multipart body with a part that has no name",
  );
  parts.set(name, part.subarray(headersEnd + 4));
}

function indexOf(bytes: Uint8Array, sought: Uint8Array, from: number): number | undefined {
  let at = bytes.indexOf(CR, from);
  while (at >= 0 && !startsWith(bytes, sought, at)) {
    at = bytes.indexOf(CR, at + 1);
  }
  return at < 0 ? undefined : at;
}

function startsWith(bytes: Uint8Array, sought: Uint8Array, at: number): boolean {
  return sought.every((byte, index) => bytes[at + index] === byte);
}
