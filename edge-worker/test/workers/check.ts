import type { Env } from "../../src/env";
import worker from "../../src/index";
import { readSession } from "../../src/session/read-session";
import { withSession } from "../../src/session/with-session";

/**
 * The Worker with two paths more: `/check` answers with what `readSession` says of a request, at the time
 * that the header `x-now` names, and with how often it asked KV; `/down` is a page while KV does not answer.
 */
export default {
  async fetch(request, env) {
    switch (new URL(request.url).pathname) {
      case "/check":
        return check(request, env);
      case "/down":
        return withSession(
          request,
          withKv(env, () => Promise.reject(new Error("down"))),
          () => new Response("in"),
        );
      default:
        return worker.fetch(request, env);
    }
  },
} satisfies ExportedHandler<Env>;

async function check(request: Request, env: Env): Promise<Response> {
  const asked: unknown[] = [];
  const counted = withKv(env, (keys, options) => {
    asked.push({ keys: keys.length, ...options });
    return env.SESSIONS.get(keys, options);
  });
  const result = await readSession(request, counted, { now: Number(request.headers.get("x-now")) });
  return Response.json(result, { headers: { "x-asked": JSON.stringify(asked) } });
}

type BulkGet = (keys: string[], options: KVNamespaceGetOptions<"text">) => Promise<Map<string, string | null>>;

/** A namespace that can do nothing but bulk reads: whatever else is tried fails. */
function withKv(env: Env, get: BulkGet): Env {
  return { ...env, SESSIONS: { get } as unknown as KVNamespace };
}
