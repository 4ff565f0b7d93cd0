/** What the gateway is measured against: a Worker that asks the binding and nothing else. */
export default {
  async fetch(request, env) {
    if (request.method === "POST") {
      const { keys } = await request.json<{ keys: string[] }>();
      return Response.json(Object.fromEntries(await env.SESSIONS.get(keys)));
    }
    return new Response(await env.SESSIONS.get(decodeURIComponent(new URL(request.url).pathname.slice(1))));
  },
} satisfies ExportedHandler<{ SESSIONS: KVNamespace }>;
