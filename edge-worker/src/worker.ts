import type { Env } from "./env";
import { holdsSecret } from "./gateway/auth";
import { gateway, GATEWAY_PATH } from "./gateway/gateway";
import { passThrough } from "./pass-through";
import { page } from "./sample/page";
import type { ReadOptions } from "./session/read-session";
import { withSession } from "./session/with-session";

/** A page for logged-in users that is served wholly at the edge. */
const EDGE_PAGE = "/edge";

export function worker(options?: ReadOptions): { fetch: (request: Request, env: Env) => Promise<Response> } {
  return {
    async fetch(request, env) {
      const url = new URL(request.url);
      // The secret is not the application's, though a wrong base URL may lead there.
      if (url.pathname.startsWith(GATEWAY_PATH) || (await holdsSecret(request, env))) {
        return gateway(request, url, env);
      }
      return url.pathname === EDGE_PAGE ? withSession(request, env, page, options) : passThrough(request, env);
    },
  };
}
