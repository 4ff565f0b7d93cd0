import type { Env } from "../../src/env";
import { readSession } from "../../src/session/read-session";
import { withSession } from "../../src/session/with-session";

export default {
  async fetch(request, env) {
    if (new URL(request.url).pathname === "/account") {
      return withSession(request, env, ({ userId, claims }) => new Response(`${userId} ${claims["email"]}`));
    }
    const { session } = await readSession(request, env); // null: nobody, or no good session
    return new Response(session?.userId ?? "a stranger");
  },
} satisfies ExportedHandler<Env>;
