/**
 * Returns the values of all cookies of a name, in the browser's order: one name may be set for
 * several paths and domains.
 */
export function cookieValues(header: string | null, name: string): string[] {
  return (header ?? "").split(";").flatMap((pair) => {
    const equals = pair.indexOf("=");
    return equals > 0 && pair.slice(0, equals).trim() === name ? [unquoted(pair.slice(equals + 1).trim())] : [];
  });
}

/** RFC 6265 lets a value stand in double quotes. */
function unquoted(value: string): string {
  return /^".*"$/.test(value) ? value.slice(1, -1) : value;
}
