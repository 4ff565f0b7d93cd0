import type { Env } from "../../src/env";
import worker from "../../src/index";
import { secured } from "../../src/protection/secured";
import secure from "../../src/secure";
import { readSession, type ReadOptions } from "../../src/session/read-session";
import { withSession } from "../../src/session/with-session";
import example from "./example";
import { observe, readOnly } from "./observe";

/** What an application's wrong address logs: once that it is wrong, once that a touch failed. */
const LINES_OF_A_FAILURE = 2;

/**
 * The Worker under observation, and with more paths: `/check` answers with what `readSession` says of a
 * request at the time that the header `x-now` names, `/each` if KV held each text of the body in turn, `/account` is the README's example, and whatever has
 * the header `x-page` is a page for logged-in users, at that time if there is one. With `x-crowd: 1-9`, nine
 * users visit it. With `x-secure`, sessions may be protected, and those of the tenant that it names count if it
 * names one.
 */
export default {
  fetch: (request, env) => observe(request, env, (observed) => route(request, observed)),
} satisfies ExportedHandler<Env>;

async function route(request: Request<unknown, IncomingRequestCfProperties>, env: Env): Promise<Response> {
  if (request.headers.has("x-page")) {
    const page = () => new Response("in", { headers: { "set-cookie": "theme=dark" } });
    const at = request.headers.has("x-now") ? options(request.headers) : protection(request.headers);
    return withSession(request, readOnly(env), page, at);
  }
  if (request.headers.has("x-crowd")) {
    return crowd(request, env);
  }
  switch (new URL(request.url).pathname) {
    case "/check":
      return Response.json(await readSession(request, readOnly(env), options(request.headers)));
    case "/each":
      return each(request, env);
    case "/account":
      return example.fetch(request, readOnly(env));
    default:
      return (request.headers.has("x-secure") ? secure : worker).fetch(request, env);
  }
}

function protection(headers: Headers): ReadOptions {
  const tenant = headers.get("x-secure");
  return tenant === null ? {} : secured(tenant === "" ? undefined : () => tenant);
}

/** With the header `x-sealed`, records are stored with this word before them. */
function options(headers: Headers): ReadOptions {
  const now = Number(headers.get("x-now"));
  const seal = headers.get("x-sealed");
  return seal === null
    ? { now, ...protection(headers) }
    : { now, open: async (stored) => (stored.startsWith(seal) ? stored.slice(seal.length) : "") };
}

async function each(request: Request, env: Env): Promise<Response> {
  const checks = [];
  for (const text of await request.json<string[]>()) {
    const get = async (keys: string[]) => new Map(keys.map((key, index) => [key, index === 0 ? text : null]));
    checks.push(
      await readSession(request, { ...env, SESSIONS: { get } as unknown as KVNamespace }, options(request.headers)),
    );
  }
  return Response.json(checks);
}

/** The body is everybody's record. Answers for how many visits the application was asked, which is nowhere. */
async function crowd(request: Request, env: Env): Promise<Response> {
  const [first = 1, last = 0] = (request.headers.get("x-crowd") ?? "").split("-").map(Number);
  const record = await request.text();
  const get = async (keys: string[]) => new Map(keys.map((key) => [key, key.startsWith("user-") ? record : null]));
  const crowded = { ...env, SESSIONS: { get } as unknown as KVNamespace };
  let lines = 0;
  console.error = () => lines++;
  for (let user = first; user <= last; user++) {
    const resolve = async () => [{ recordKey: `user-${user}`, markerKeys: [] }];
    await withSession(request, crowded, () => new Response("in"), { ...options(request.headers), resolve });
  }
  await scheduler.wait(0);
  return Response.json(lines / LINES_OF_A_FAILURE);
}
