import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { envelope, refusal, Server } from "./server";

describe("a bulk read", () => {
  const server = new Server();

  it("tells present from absent", async () => {
    await server.put("session:a", "1");
    assert.equal(await values({ keys: ["session:a", "session:b"] }), '{"session:a":"1","session:b":null}');
    assert.equal(await values({ keys: ["session:a", "session:a"], type: "text" }), '{"session:a":"1"}');
    assert.equal(await values({ keys: ["session:a"], type: "json" }), '{"session:a":1}');
  });

  it("tells metadata when asked", async () => {
    await server.kv("PUT", "/bulk", '[{"key":"session:m","value":"1","metadata":[]},{"key":"session:n","value":"2"}]');
    assert.equal(
      await values({ keys: ["session:m", "session:n", "session:o"], withMetadata: true }),
      '{"session:m":{"value":"1","metadata":[]},"session:n":{"value":"2","metadata":null},"session:o":null}',
    );
  });

  it("cannot carry binary", async () => {
    await server.put("session:bin", Uint8Array.of(0xff, 0xfe));
    assert.equal(await values({ keys: ["session:bin"] }), '{"session:bin":"\uFFFD\uFFFD"}');
  });

  it("takes 100 keys and not 101", async () => {
    const keys = Array.from({ length: 101 }, (_, index) => `session:${index}`);
    assert.equal((await ask({ keys: keys.slice(1) })).status, 200);
    assert.equal(await refusal(await ask({ keys })), "400/10029");
  });

  for (const body of [
    "",
    "[]",
    "{}",
    '{"keys":[]}',
    '{"keys":[1]}',
    '{"keys":["session:a"],"type":"x"}',
    '{"keys":"a"}',
  ]) {
    it(`refuses ${body}`, async () => {
      assert.equal(await refusal(await server.kv("POST", "/bulk/get", body)), "400/10012");
    });
  }

  it("refuses a value as JSON that is none, and a foreign key", async () => {
    await server.put("session:text", "{");
    assert.equal(await refusal(await ask({ keys: ["session:text"], type: "json" })), "400/10012");
    assert.equal(await refusal(await ask({ keys: ["session:text", "other"] })), "403/90001");
    assert.equal(await refusal(await ask({ keys: [`session:${"k".repeat(505)}`] })), "414/10012");
  });

  function ask(body: unknown): Promise<Response> {
    return server.kv("POST", "/bulk/get", JSON.stringify(body));
  }

  async function values(body: unknown): Promise<string> {
    return JSON.stringify(((await envelope(await ask(body))).result as { values: unknown }).values);
  }
});
