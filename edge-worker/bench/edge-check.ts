import type { Env } from "../src/env";
import { readSession } from "../src/session/read-session";

/** Checks the same session as often as the body says, in a KV that never waits: what is left is CPU. */
export default {
  async fetch(request) {
    const { times, id, record } = await request.json<{ times: number; id: string; record: string }>();
    const stored = new Map<string, string | null>([[`session:${id}`, record]]);
    const SESSIONS = { get: async (keys: string[]) => new Map(keys.map((key) => [key, stored.get(key) ?? null])) };
    const env = { SESSIONS } as unknown as Env;
    const asked = new Request("https://edge.example/edge", { headers: { cookie: `SESSION=${btoa(id)}` } });
    let found = 0;
    for (let i = 0; i < times; i++) {
      found += (await readSession(asked, env)).session === null ? 0 : 1;
    }
    return new Response(null, { status: found === times ? 200 : 500 });
  },
} satisfies ExportedHandler;
