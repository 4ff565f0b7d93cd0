/** Longest path that is kept, in characters: far below what servers take as a request line. */
const MAX_PATH_LENGTH = 2048;

/** Visible ASCII, without a percent sign that begins no byte: some servers take no such path. */
const PATH = /^\/(?![/\\])(?:[!-$&-~]|%[0-9a-f]{2})*$/i;

/**
 * Returns a path that leads nowhere but to the same origin, or `undefined`. `//host` and `/\host` are
 * other origins to a browser, and so is what they become once it has dropped tabs and line ends.
 * Whoever redirects to a `next` from a URL has to ask this first.
 */
export function localPath(path: string): string | undefined {
  return path.length <= MAX_PATH_LENGTH && PATH.test(path) ? path : undefined;
}
