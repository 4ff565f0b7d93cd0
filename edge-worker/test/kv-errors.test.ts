import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { refusalOf } from "../src/gateway/kv-errors";
import { kindOf } from "../src/kv-failure";

describe("what the binding throws", () => {
  for (const [message, status, code] of [
    ["KV PUT failed: 429 Too Many Requests", 429, 429],
    ["KV DELETE failed: 429 Too Many Requests", 429, 429],
    ["KV GET failed: 429 Too Many Requests", 500, 10001],
    ["KV GET_BULK failed: 429 Too Many Requests", 500, 10001],
    ["KV LIST failed: 429 Too Many Requests", 500, 10001],
    ["KV put() limit exceeded for the day.", 429, 10048],
    ["KV get() limit exceeded for the day", 429, 10048],
    ["KV PUT failed: 400 Invalid expiration_ttl of 30. Expiration TTL must be at least 60.", 400, 10034],
    ["KV GET_BULK failed: 400 Key names must not be empty", 400, 10012],
    ["KV PUT failed: 413 Value length of 26214401 exceeds limit of 26214400.", 413, 10012],
    ["KV PUT failed: 414 UTF-8 encoded length of 513 exceeds key length limit of 512.", 414, 10012],
    ["KV GET failed: 503 Service Unavailable", 500, 10001],
    ["Network connection lost.", 500, 10001],
    ["session:secret is not defined", 500, 10001],
  ] as const) {
    it(`'${message.slice(0, 40)}' becomes ${status} with code ${code}`, () => {
      const { error } = refusalOf(new Error(message));
      assert.deepEqual([error.status, error.code], [status, code]);
      assert.doesNotMatch(error.message, /KV|secret/);
      assert.doesNotMatch(kindOf(new Error(message)), /secret/);
    });
  }

  it("may be anything", () => {
    assert.equal(refusalOf("text").error.code, 10001);
    assert.equal(kindOf(undefined), "undefined");
  });
});
