import type { Env } from "../src/env";
import { secured } from "../src/protection/secured";
import { readSession } from "../src/session/read-session";

interface Checks {
  readonly times: number;
  readonly id: string;
  readonly record: string;
  /** The name under which KV has the record, and the Worker's variables, if the session is protected. */
  readonly stored?: string;
  readonly protection?: Partial<Env>;
  readonly now?: number;
}

/** Checks the same session as often as the body says, in a KV that never waits: what is left is CPU. */
export default {
  async fetch(request) {
    const { times, id, record, stored = id, protection, now = Date.now() } = await request.json<Checks>();
    const values = new Map<string, string | null>([[`session:${stored}`, record]]);
    const SESSIONS = { get: async (keys: string[]) => new Map(keys.map((key) => [key, values.get(key) ?? null])) };
    const env = { ...protection, SESSIONS } as unknown as Env;
    const asked = new Request("https://edge.example/edge", { headers: { cookie: `SESSION=${btoa(id)}` } });
    const options = { ...(protection && secured()), now };
    let found = 0;
    for (let i = 0; i < times; i++) {
      found += (await readSession(asked, env, options)).session === null ? 0 : 1;
    }
    return new Response(null, { status: found === times ? 200 : 500 });
  },
} satisfies ExportedHandler;
