import { BINDINGS, Server } from "./server";

/** What the tests call now, in epoch milliseconds, as docs/storage-schema.md has it. */
export const NOW = 1_790_000_000_000;

/** An id as `SecureSessionIdGenerator` makes them. */
export const ID = "AbcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ";

export interface Checked {
  session: {
    userId: string | null;
    claims: Record<string, unknown>;
    createdAt: number;
    lastAccessedAt: number;
    expiresAt: number | null;
    maxInactiveInterval: number;
    attributes: Record<string, unknown>;
  } | null;
  reason?: string;
}

/** A record as docs/storage-schema.md shows it. */
export function record(changes: Record<string, unknown> = {}): string {
  const at = "01a0c4506c00-0000-1x8k2m9q4z";
  return JSON.stringify({
    schema: 1,
    rev: at,
    writer: "1x8k2m9q4z",
    createdAt: NOW,
    lastAccessedAt: NOW,
    expiresAt: NOW + 604_800_000,
    maxInactiveInterval: 604_800,
    claimNames: ["userId", "githubUsername"],
    userId: "583231",
    githubUsername: "octocat",
    attributes: { SPRING_SECURITY_CONTEXT: { at, json: { "@class": "…" } }, cart: { at, jdk: "rO0AB…" } },
    removed: { SPRING_SECURITY_SAVED_REQUEST: at },
    ...changes,
  });
}

/** Spring's cookie of an id. */
export function cookie(id: string): string {
  return `SESSION=${Buffer.from(id).toString("base64")}`;
}

/** The Worker, and what `readSession` says at a given time. */
export class SessionServer extends Server {
  constructor(bindings: Record<string, string> = BINDINGS) {
    super(bindings, "dist-test/workers/check.js");
  }

  async check(headers: Record<string, string>, now = NOW): Promise<Checked> {
    return (await (await this.asked(headers, now)).json()) as Checked;
  }

  /** Returns the answer itself, whose header `x-asked` lists what KV was asked for. */
  asked(headers: Record<string, string>, now = NOW): Promise<Response> {
    return this.fetch("/check", { headers: { "x-now": `${now}`, ...headers } });
  }
}
