import type { Env } from "./env";
import { gateway } from "./gateway/gateway";
import { page } from "./sample/page";
import { passThrough } from "./sample/pass-through";
import { withSession } from "./session/with-session";

/** With the slips that a base URL may have: what goes there holds the gateway's secret, which is not the application's. */
const GATEWAY_PATHS = /^\/+client\/+v4(\/|$)/i;

/** A page for logged-in users that is served wholly at the edge. */
const EDGE_PAGE = "/edge";

export default {
  async fetch(request, env) {
    const url = new URL(request.url);
    if (GATEWAY_PATHS.test(url.pathname)) {
      return gateway(request, url, env);
    }
    return url.pathname === EDGE_PAGE ? withSession(request, env, page) : passThrough(request, env);
  },
} satisfies ExportedHandler<Env>;
