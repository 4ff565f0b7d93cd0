import type { Env } from "../../src/env";
import worker from "../../src/index";
import { readSession, type ReadOptions } from "../../src/session/read-session";
import { withSession } from "../../src/session/with-session";
import example from "./example";
import { observe, readOnly } from "./observe";

/**
 * The Worker under observation, and with more paths: `/check` answers with what `readSession` says of a
 * request at the time that the header `x-now` names, `/account` is the README's example, and whatever has
 * the header `x-page` is a page for logged-in users.
 */
export default {
  fetch: (request, env) => observe(request, env, (observed) => route(request, observed)),
} satisfies ExportedHandler<Env>;

async function route(request: Request<unknown, IncomingRequestCfProperties>, env: Env): Promise<Response> {
  if (request.headers.has("x-page")) {
    return withSession(request, readOnly(env), () => new Response("in"));
  }
  switch (new URL(request.url).pathname) {
    case "/check":
      return Response.json(await readSession(request, readOnly(env), options(request.headers)));
    case "/account":
      return example.fetch(request, readOnly(env));
    default:
      return worker.fetch(request, env);
  }
}

/** With the header `x-sealed`, records are stored with this word before them. */
function options(headers: Headers): ReadOptions {
  const now = Number(headers.get("x-now"));
  const seal = headers.get("x-sealed");
  return seal === null
    ? { now }
    : { now, open: async (stored) => (stored.startsWith(seal) ? stored.slice(seal.length) : "") };
}
