import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Refusal } from "../src/gateway/refusal";
import { forEachKey } from "../src/gateway/parallel";

describe("operations in parallel", () => {
  it("are at most six at once, and those that fail are named", async () => {
    let running = 0;
    let most = 0;
    const failed = await forEachKey(keys(100), async (key) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      if (key.endsWith("7")) {
        throw new Error("KV PUT failed: 429 Too Many Requests");
      }
    });
    assert.equal(most, 6);
    assert.deepEqual(
      failed.sort(),
      keys(100)
        .filter((key) => key.endsWith("7"))
        .sort(),
    );
  });

  it("fail whole if KV cannot be used, but not if keys are written too often", async () => {
    const all = (message: string) => forEachKey(keys(10), () => Promise.reject(new Error(message)));
    for (const [message, code] of [
      ["KV put() limit exceeded for the day.", 10048],
      ["KV PUT failed: 500 Internal Server Error", 10001],
      ["Network connection lost.", 10001],
    ] as const) {
      await assert.rejects(
        all(message),
        (thrown: Refusal) => thrown.error.code === code && !thrown.message.includes("KV"),
      );
    }
    assert.equal((await all("KV PUT failed: 429 Too Many Requests")).length, 10);
  });

  it("are not begun once the time is over", async (test) => {
    test.mock.timers.enable({ apis: ["Date"] });
    const begun: string[] = [];
    const failed = await forEachKey(keys(100), async (key) => {
      begun.push(key);
      test.mock.timers.tick(1000);
    });
    assert.ok(begun.length <= 6 + 3, `${begun.length}`);
    assert.equal(begun.length + failed.length, 100);
  });
});

function keys(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `session:k${index}`);
}
