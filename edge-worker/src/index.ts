import type { Env } from "./env";
import { gateway, GATEWAY_PATH } from "./gateway/gateway";

export default {
  async fetch(request, env) {
    const url = new URL(request.url);
    if (url.pathname.startsWith(GATEWAY_PATH)) {
      return gateway(request, url, env);
    }
    return new Response("Not found", { status: 404 });
  },
} satisfies ExportedHandler<Env>;
