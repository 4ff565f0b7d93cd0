import type { Env } from "../env";
import { kindOf } from "../kv-failure";
import { redirectToLogin } from "./login-redirect";
import { readSession, type ReadOptions } from "./read-session";
import type { EdgeSession, SessionCheck } from "./record";

/** A session somebody has logged in to. */
export type UserSession = EdgeSession & { readonly userId: string };

export type SessionHandler = (session: UserSession) => Response | Promise<Response>;

/** When to ask again if KV does not answer, in seconds; the library says the same. */
const RETRY_AFTER_SECONDS = 2;

/**
 * Lets a handler answer who is logged in, and sends everybody else to the login page. If KV does not
 * answer, nobody is sent there: a login would replace a session that may be in order.
 */
export async function withSession(
  request: Request,
  env: Env,
  handler: SessionHandler,
  options: ReadOptions = {},
): Promise<Response> {
  let check: SessionCheck;
  try {
    check = await readSession(request, env, options);
  } catch (thrown) {
    console.error(`edge: no session can be read: ${kindOf(thrown)}`);
    const headers = { "retry-after": `${RETRY_AFTER_SECONDS}`, "cache-control": "no-store" };
    return new Response("The session cannot be read at present.\n", { status: 503, headers });
  }
  return isLoggedIn(check.session) ? handler(check.session) : redirectToLogin(request, env);
}

function isLoggedIn(session: EdgeSession | null): session is UserSession {
  return session !== null && session.userId !== null;
}
