import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { envelope, refusal, Server } from "./server";

interface Written {
  successful_key_count: number;
  unsuccessful_keys: string[];
}

describe("a bulk call", () => {
  const server = new Server();

  it("writes each pair with its own lifetime and metadata", async () => {
    const pairs = [
      { key: "session:a", value: "é", expiration_ttl: 60, metadata: { m: 1 } },
      { key: "session:b", value: "/wA=", base64: true },
    ];
    const put = await server.kv("PUT", "/bulk", JSON.stringify(pairs));
    assert.match(await put.text(), /"result":\{"successful_key_count":2,"unsuccessful_keys":\[\]\}\}$/);
    assert.equal(await server.read("session:a"), "é");
    const bytes = await (await server.kv("GET", "/values/session%3Ab")).arrayBuffer();
    assert.deepEqual([...new Uint8Array(bytes)], [255, 0]);
    const [first] = (await envelope(await server.kv("GET", "/keys?prefix=session%3Aa"))).result as [
      { expiration: number; metadata: unknown },
    ];
    assert.deepEqual(first.metadata, { m: 1 });
    assert.ok(first.expiration > Date.now() / 1000 + 50);
  });

  it("lets the last of two equal keys count", async () => {
    const put = await written(pairs("session:twice", "session:twice").replace('"v"', '"first"'));
    assert.equal(put.successful_key_count, 1);
    assert.equal(await server.read("session:twice"), "v");
  });

  for (const body of [
    ...["", "{", "{}", "[1]", "null", '[{"key":"session:a"}]', '[{"value":"a"}]', '[{"key":"session:a","value":1}]'],
    ...['[{"key":"","value":"v"}]', '[{"key":"..","value":"v"}]', '[{"key":"session:a","value":"%","base64":true}]'],
    ...['[{"key":"session:\\ud800","value":"v"}]', "[\u00ff", '[{"key":"session:a","value":"v"}'],
  ]) {
    it(`refuses to write ${body}`, async () => {
      assert.equal(await refusal(await server.kv("PUT", "/bulk", body)), "400/10012");
      assert.equal(await refusal(await server.kv("POST", "/bulk/delete", body)), "400/10012");
    });
  }

  it("refuses text that is not UTF-8", async () => {
    const latin1 = Uint8Array.from([...'[{"key":"session:a","value":"\xe9"}]'].map((c) => c.charCodeAt(0)));
    assert.equal(await refusal(await server.kv("PUT", "/bulk", latin1)), "400/10012");
  });

  it("writes nothing if one pair breaks a rule", async () => {
    const good = { key: "session:good", value: "v" };
    for (const [bad, expected] of [
      [{ key: "session:x", value: "v", expiration_ttl: 59 }, "400/10034"],
      [{ key: "session:x", value: "v", expiration_ttl: 2 ** 31 }, "400/10034"],
      [{ key: "session:x", value: "v", expiration_ttl: "soon" }, "400/10034"],
      [{ key: "session:x", value: "v", expiration_ttl: [60] }, "400/10034"],
      [{ key: `session:${"k".repeat(505)}`, value: "v" }, "414/10012"],
      [{ key: "session:x", value: "v", metadata: "m".repeat(1023) }, "413/10012"],
      [{ key: "other:x", value: "v" }, "403/90001"],
    ] as const) {
      assert.equal(await refusal(await server.kv("PUT", "/bulk", JSON.stringify([good, bad]))), expected);
    }
    assert.equal(await server.read("session:good"), "404");
  });

  it("takes 10,000 pairs, writes what one invocation may and names the rest", async () => {
    const all = keys(10_000);
    const first = await written(pairs(...all));
    assert.equal(first.successful_key_count + first.unsuccessful_keys.length, all.length);
    assert.ok(first.successful_key_count > 0 && first.successful_key_count <= 1000);
    const done = all.find((key) => !first.unsuccessful_keys.includes(key)) ?? "";
    assert.equal(await server.read(done), "v");
    assert.equal(await server.read(first.unsuccessful_keys.at(-1) ?? ""), "404");
    const deleted = (await envelope(await server.kv("POST", "/bulk/delete", JSON.stringify(all)))).result as Written;
    assert.ok(deleted.unsuccessful_keys.length >= 9000);
  });

  it("refuses 10,001", async () => {
    assert.equal(await refusal(await server.kv("PUT", "/bulk", pairs(...keys(10_001)))), "400/10012");
    assert.equal(await refusal(await server.kv("POST", "/bulk/delete", JSON.stringify(keys(10_001)))), "400/10012");
  });

  it("refuses a body that is too large for an isolate", async () => {
    const body = new Uint8Array(32 * 1024 * 1024 + 1);
    assert.equal(await refusal(await server.kv("PUT", "/bulk", body)), "413/10012");
    const chunked = { method: "PUT", headers: server.headers(), body: new Blob([body]).stream(), duplex: "half" };
    assert.equal(await refusal(await server.fetch(server.path("/bulk"), chunked as RequestInit)), "413/10012");
  });

  it("deletes many keys, absent ones too", async () => {
    await server.put("session:d", "v");
    const deleted = await server.kv("POST", "/bulk/delete", '["session:d","session:never","session:d"]');
    assert.deepEqual((await envelope(deleted)).result, { successful_key_count: 2, unsuccessful_keys: [] });
    assert.equal(await server.read("session:d"), "404");
    assert.equal(await refusal(await server.kv("POST", "/bulk/delete", '["session:d","x"]')), "403/90001");
  });

  async function written(body: string): Promise<Written> {
    return (await envelope(await server.kv("PUT", "/bulk", body))).result as Written;
  }
});

function keys(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `session:k${index}`);
}

function pairs(...names: string[]): string {
  return JSON.stringify(names.map((key) => ({ key, value: "v" })));
}
