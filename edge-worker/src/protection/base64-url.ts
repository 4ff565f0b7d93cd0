const FORM = { alphabet: "base64url", omitPadding: true } as const;

export function base64Url(bytes: ArrayBuffer): string {
  return new Uint8Array(bytes).toBase64(FORM);
}

/** Decodes base64url, or returns `undefined` for all but the one spelling that some bytes have. */
export function base64UrlBytes(text: string): Uint8Array | undefined {
  try {
    const bytes = Uint8Array.fromBase64(text, FORM);
    return bytes.toBase64(FORM) === text ? bytes : undefined;
  } catch {
    return undefined;
  }
}
