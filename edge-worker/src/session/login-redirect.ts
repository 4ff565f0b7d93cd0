import type { Env } from "../env";

const DEFAULT_LOGIN_PATH = "/login";

/** Parameter of the login page's URL that holds the path to go on to. */
const NEXT = "next";

/** Longest path that is kept, in characters: far below what servers take as a request line. */
const MAX_PATH_LENGTH = 2048;

/** Sends a browser to the login page, and keeps where it wanted to go if going there again is harmless. */
export function redirectToLogin(request: Request, env: Env): Response {
  const { pathname, search } = new URL(request.url);
  const wanted = request.method === "GET" ? localPath(pathname + search) : undefined;
  const login = env.LOGIN_PATH ?? DEFAULT_LOGIN_PATH;
  const location = wanted === undefined ? login : `${login}?${NEXT}=${encodeURIComponent(wanted)}`;
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
}

/**
 * Returns a path that leads nowhere but to the same origin, or `undefined`. `//host` and `/\host` are
 * other origins to a browser, and so is what they become once it has dropped tabs and line ends.
 * Whoever redirects to a `next` from a URL has to ask this first.
 */
export function localPath(path: string): string | undefined {
  return path.length <= MAX_PATH_LENGTH && /^\/(?![/\\])[\x21-\x7e]*$/.test(path) ? path : undefined;
}
