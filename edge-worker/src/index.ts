import type { Env } from "./env";
import { gateway, GATEWAY_PATH } from "./gateway/gateway";
import { page } from "./sample/page";
import { passThrough } from "./sample/pass-through";
import { withSession } from "./session/with-session";

/** A page for logged-in users that is served wholly at the edge. */
const EDGE_PAGE = "/edge";

export default {
  async fetch(request, env) {
    const url = new URL(request.url);
    if (url.pathname.startsWith(GATEWAY_PATH)) {
      return gateway(request, url, env);
    }
    return url.pathname === EDGE_PAGE ? withSession(request, env, page) : passThrough(request, env);
  },
} satisfies ExportedHandler<Env>;
