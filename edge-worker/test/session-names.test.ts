import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { BINDINGS } from "./server";
import { cookie, ID, record, SessionServer } from "./sessions";

describe("reading with another prefix and cookie", () => {
  const names = { SESSION_PREFIX: "app:s:", SESSION_COOKIE: "__Host-SID", KEY_PREFIXES: "app:" };
  const server = new SessionServer({ ...BINDINGS, ...names });

  it("looks where the library writes", async () => {
    await server.put(`app:s:${ID}`, record());
    const headers = { cookie: cookie(ID).replace("SESSION", "__Host-SID") };
    assert.ok((await server.check(headers)).session !== null);
    for (const marker of [`app:s-gone:${ID}`, `app:s-renamed:${ID}`]) {
      await server.put(marker, "{}");
      assert.equal((await server.check(headers)).reason, "gone");
      await server.kv("DELETE", `/values/${encodeURIComponent(marker)}`);
    }
  });
});
