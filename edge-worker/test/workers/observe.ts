import type { Env } from "../../src/env";

/**
 * Handles a request with variables replaced by those of the header `x-env` and, with `x-kv-fails`, with a KV
 * whose reads fail with that message. The answer's headers tell how KV was read (`x-asked`) and what was
 * logged (`x-log`), also by what the answer did not wait for: here it does.
 */
export async function observe(request: Request, env: Env, handle: (env: Env) => Promise<Response>): Promise<Response> {
  const asked: unknown[] = [];
  const logged: unknown[] = [];
  const fetched: Promise<Response>[] = [];
  const { error } = console;
  const { fetch } = globalThis;
  console.error = (...line: unknown[]) => logged.push(...line);
  globalThis.fetch = (...of: Parameters<typeof fetch>) => {
    const answer = fetch(...of);
    fetched.push(answer);
    return answer;
  };
  try {
    const changed = JSON.parse(request.headers.get("x-env") ?? "{}") as Partial<Env>;
    const kv = observed(env.SESSIONS, asked, request.headers.get("x-kv-fails"));
    const answer = await handle({ ...env, ...changed, SESSIONS: kv });
    await Promise.allSettled(fetched);
    // The Worker sees the answers in this turn.
    await new Promise((later) => setTimeout(later));
    const headers = new Headers(answer.headers);
    headers.set("x-asked", JSON.stringify(asked));
    headers.set("x-log", JSON.stringify(logged));
    return new Response(answer.body, { status: answer.status, headers });
  } finally {
    console.error = error;
    globalThis.fetch = fetch;
  }
}

type Read = (keys: string | string[], options: object) => Promise<unknown>;

function observed(kv: KVNamespace, asked: unknown[], failure: string | null): KVNamespace {
  const reading =
    (read: Read): Read =>
    async (keys, options) => {
      asked.push({ keys: Array.isArray(keys) ? keys.length : 1, ...options });
      if (failure !== null) {
        throw new Error(failure);
      }
      return read(keys, options);
    };
  return {
    get: reading((keys, options) => kv.get(keys as string, options)),
    getWithMetadata: reading((keys, options) => kv.getWithMetadata(keys as string, options)),
    put: kv.put.bind(kv),
    delete: kv.delete.bind(kv),
    list: kv.list.bind(kv),
  } as unknown as KVNamespace;
}

/** A namespace that can do nothing but reads: whatever else is tried fails. */
export function readOnly(env: Env): Env {
  const get = env.SESSIONS.get.bind(env.SESSIONS);
  return { ...env, SESSIONS: { get } as unknown as KVNamespace };
}
