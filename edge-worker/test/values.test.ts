import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { refusal, Server } from "./server";

describe("a value", () => {
  const server = new Server();

  it("comes back byte for byte", async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    const put = await server.kv("PUT", "/values/session%3Abytes", bytes);
    assert.equal(await put.text(), '{"success":true,"errors":[],"messages":[],"result":{}}');
    const get = await server.kv("GET", "/values/session%3Abytes");
    assert.equal(get.status, 200);
    assert.equal(get.headers.get("content-type"), "application/octet-stream");
    assert.deepEqual(new Uint8Array(await get.arrayBuffer()), bytes);
  });

  it("that is absent is 404 with code 10009", async () => {
    const get = await server.kv("GET", "/values/session%3Aabsent");
    assert.equal(
      await get.clone().text(),
      `{"success":false,"errors":[{"code":10009,"message":"get: 'key not found'"}],"messages":[],"result":null}`,
    );
    assert.equal(await refusal(get), "404/10009");
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
});
