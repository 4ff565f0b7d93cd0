import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { envelope, refusal, Server } from "./server";

describe("a value", () => {
  const server = new Server();

  it("comes back byte for byte", async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    const put = await server.kv("PUT", "/values/session%3Abytes", bytes);
    assert.equal(await put.text(), '{"success":true,"errors":[],"messages":[],"result":{}}');
    const get = await server.kv("GET", "/values/session%3Abytes");
    assert.equal(get.status, 200);
    assert.equal(get.headers.get("content-type"), "application/octet-stream");
    assert.equal(get.headers.get("cache-control"), "no-store");
    assert.deepEqual(new Uint8Array(await get.arrayBuffer()), bytes);
  });

  it("that is absent is 404 with code 10009", async () => {
    const get = await server.kv("GET", "/values/session%3Aabsent");
    assert.equal(
      await get.text(),
      `{"success":false,"errors":[{"code":10009,"message":"get: 'key not found'"}],"messages":[],"result":null}`,
    );
    assert.equal(await refusal(await server.kv("GET", "/metadata/session%3Aabsent")), "404/10009");
  });

  it("is gone once deleted, and deleting again is no error", async () => {
    await server.put("session:deleted", "v");
    assert.equal(await server.read("session:deleted"), "v");
    for (let i = 0; i < 2; i++) {
      const deleted = await server.kv("DELETE", "/values/session%3Adeleted");
      assert.equal(await deleted.text(), '{"success":true,"errors":[],"messages":[],"result":{}}');
    }
    assert.equal(await server.read("session:deleted"), "404");
  });

  it("may be empty", async () => {
    await server.put("session:empty", "");
    assert.equal(await server.read("session:empty"), "");
  });

  it("may have 25 MiB and not a byte more", async () => {
    const limit = new Uint8Array(25 * 1024 * 1024);
    assert.equal((await server.kv("PUT", "/values/session%3Alarge", limit)).status, 200);
    const more = await server.kv("PUT", "/values/session%3Alarger", new Uint8Array(limit.length + 1));
    assert.equal(await refusal(more), "413/10012");
    assert.equal(await server.read("session:larger"), "404");
  });

  it("of unknown length is bounded as well", async () => {
    const chunk = new Uint8Array(1024 * 1024);
    const stream = (chunks: number) => new Blob(Array.from({ length: chunks }, () => chunk)).stream();
    const put = (chunks: number) => {
      const init = { method: "PUT", headers: server.headers(), body: stream(chunks), duplex: "half" };
      return server.fetch(server.path("/values/session%3Achunked"), init);
    };
    assert.equal((await put(25)).status, 200);
    assert.equal(await refusal(await put(26)), "413/10012");
  });

  it("has the lifetime it is written with", async () => {
    const before = Math.floor(Date.now() / 1000);
    for (const query of ["expiration_ttl=60", `expiration=${before + 3600}&expiration_ttl=60`]) {
      assert.equal((await server.kv("PUT", `/values/session%3Attl?${query}`, "v")).status, 200);
      const listed = await envelope(await server.kv("GET", "/keys?prefix=session%3Attl"));
      const [{ expiration }] = listed.result as [{ expiration: number }];
      assert.ok(expiration >= before + 60 && expiration <= before + 65, `${expiration - before} s`);
    }
    await server.put("session:ttl", "v");
    const listed = await envelope(await server.kv("GET", "/keys?prefix=session%3Attl"));
    assert.deepEqual(listed.result, [{ name: "session:ttl" }]);
  });

  for (const query of ["expiration_ttl=60", "expiration_ttl=2147483647", `expiration=${inSeconds(120)}`]) {
    it(`accepts ${query.replace(/\d{10}/, "n")}`, async () => {
      assert.equal((await server.kv("PUT", `/values/session%3Ak?${query}`, "v")).status, 200);
    });
  }

  for (const query of [
    ...["expiration_ttl=59", "expiration_ttl=0", "expiration_ttl=-1", "expiration_ttl=x", "expiration_ttl="],
    ...["expiration_ttl=1e3", "expiration_ttl=60.5", "expiration_ttl=2147483648", "expiration_ttl=99999999999"],
    ...["expiration=1", `expiration=${inSeconds(30)}`, "expiration=4000000000000", "expiration=NaN"],
  ]) {
    it(`refuses ${query.replace(/\d{10}$/, "n")}`, async () => {
      assert.equal(await refusal(await server.kv("PUT", `/values/session%3Arefused?${query}`, "v")), "400/10034");
      assert.equal(await server.read("session:refused"), "404");
    });
  }
});

function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}
