import type { Env } from "../../src/env";
import worker from "../../src/index";
import { readSession } from "../../src/session/read-session";

/**
 * The Worker with one path more: `/check` answers with what `readSession` says of a request, at the time
 * that the header `x-now` names.
 */
export default {
  async fetch(request, env) {
    if (new URL(request.url).pathname !== "/check") {
      return worker.fetch(request, env);
    }
    return Response.json(await readSession(request, env, { now: Number(request.headers.get("x-now")) }));
  },
} satisfies ExportedHandler<Env>;
