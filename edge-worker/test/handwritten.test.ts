import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it, type TestContext } from "node:test";
import { Server } from "./server";

interface Case {
  name: string;
  id: string;
  record: string;
  now: number;
  expected: { claims: { userId?: unknown; email?: unknown }; expiresAt: number };
}

/** Records that Java has written. */
const LOGINS = new URL("../vectors/java/logins.json", import.meta.url);

/** How a store looks that somebody wrote by hand, before there was this library; it must read our records. */
async function currentUser(get: (key: string) => Promise<string | null>, sessionId: string) {
  const raw = await get(`session:${sessionId}`);
  if (!raw) return null;
  const session = JSON.parse(raw) as { expiresAt: number; userId: string; email: string };
  if (session.expiresAt < Date.now()) return null;
  return { userId: session.userId, email: session.email };
}

describe("a reader written by hand", () => {
  const server = new Server();

  const get = async (key: string) => {
    const answer = await server.kv("GET", `/values/${encodeURIComponent(key)}`);
    return answer.status === 404 ? null : answer.text();
  };

  const at = (test: TestContext, now: number, id: string) => {
    const clock = test.mock.method(Date, "now", () => now);
    return currentUser(get, id).finally(() => clock.mock.restore());
  };

  for (const { name, id, record, now, expected } of (JSON.parse(readFileSync(LOGINS, "utf8")) as { cases: Case[] })
    .cases) {
    it(`reads what Java wrote: ${name}`, async (test) => {
      await server.put(`session:${id}`, record);
      const { userId, email } = expected.claims;
      assert.deepEqual(await at(test, now, id), { userId, email });
      assert.deepEqual(await at(test, expected.expiresAt - 1, id), { userId, email });
      assert.equal(await at(test, expected.expiresAt + 1, id), null);
    });
  }

  it("refuses what is absent", async () => {
    assert.equal(await currentUser(get, "A".repeat(43)), null);
  });
});
