import type { Env } from "../env";
import { NO_STORE } from "../no-store";
import { localPath } from "./local-path";

const DEFAULT_LOGIN_PATH = "/login";

/** Parameter of the login page's URL that holds the path to go on to. */
const NEXT = "next";

/** Sends a browser to the login page, and keeps where it wanted to go if going there again is harmless. */
export function redirectToLogin(request: Request, env: Env): Response {
  const { pathname, search } = new URL(request.url);
  const wanted = request.method === "GET" ? localPath(pathname + search) : undefined;
  const login = env.LOGIN_PATH ?? DEFAULT_LOGIN_PATH;
  const location =
    wanted === undefined ? login : `${login}${login.includes("?") ? "&" : "?"}${NEXT}=${encodeURIComponent(wanted)}`;
  return new Response(null, { status: 303, headers: { location, ...NO_STORE } });
}
