import type { Env } from "../env";
import { kindOf } from "../kv-failure";
import { NO_STORE } from "../no-store";
import { badGateway } from "../pass-through";
import { redirectToLogin } from "./login-redirect";
import { findSession, type FoundSession, type ReadOptions } from "./read-session";
import type { EdgeSession } from "./record";
import { touch, touchMistake, withRenewedCookie } from "./touch";

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
  const mistake = touchMistake(env) ?? (await options.mistake?.(env));
  if (mistake !== undefined) {
    return badGateway(mistake);
  }
  const now = options.now ?? Date.now();
  let found: FoundSession;
  try {
    found = await findSession(request, env, { ...options, now });
  } catch (thrown) {
    console.error(`edge: no session can be read: ${kindOf(thrown)}`);
    const headers = { "retry-after": `${RETRY_AFTER_SECONDS}`, ...NO_STORE };
    return new Response("The session cannot be read at present.\n", { status: 503, headers });
  }
  const { key, check } = found;
  if (!isLoggedIn(check.session)) {
    return redirectToLogin(request, env);
  }
  touch(request, env, key, check.session, now);
  return withRenewedCookie(await handler(check.session), key);
}

function isLoggedIn(session: EdgeSession | null): session is UserSession {
  return session !== null && session.userId !== null;
}
