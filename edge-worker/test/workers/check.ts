import type { Env } from "../../src/env";
import { readSession } from "../../src/session/read-session";

/** Answers with what `readSession` says of a request, at the time that `x-now` names. */
export default {
  async fetch(request, env) {
    return Response.json(await readSession(request, env, { now: Number(request.headers.get("x-now")) }));
  },
} satisfies ExportedHandler<Env>;
