import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Server } from "./server";
import { ID, record } from "./sessions";

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

  const claims = { claimNames: ["userId", "email"], email: "octocat@example.com" };

  it("knows who it is", async () => {
    await server.put(`session:${ID}`, record({ ...claims, expiresAt: Date.now() + 60_000 }));
    assert.deepEqual(await currentUser(get, ID), { userId: "583231", email: "octocat@example.com" });
  });

  it("refuses what is expired or absent", async () => {
    await server.put(`session:${ID}`, record({ ...claims, expiresAt: Date.now() - 1 }));
    assert.equal(await currentUser(get, ID), null);
    assert.equal(await currentUser(get, "A".repeat(43)), null);
  });
});
