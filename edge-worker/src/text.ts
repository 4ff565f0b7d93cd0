/** Returns a text in UTF-8. */
export function utf8Bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Returns how many bytes a text has in UTF-8, or `undefined` if it holds half of a surrogate pair. */
export function utf8Length(text: string): number | undefined {
  return text.isWellFormed() ? utf8Bytes(text).length : undefined;
}

/** Parses JSON, or returns `undefined`, which no JSON text stands for. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
