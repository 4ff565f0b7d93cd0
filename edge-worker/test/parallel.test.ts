import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { refusalOf } from "../src/gateway/kv-errors";
import { forEachKey } from "../src/gateway/parallel";

const TOO_OFTEN = "KV PUT failed: 429 Too Many Requests";

describe("operations in parallel", () => {
  it("are at most six at once, and those that fail are named", async () => {
    let running = 0;
    let most = 0;
    const failed = await forEachKey(keys(100), async (key) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      if (key.endsWith("7")) {
        throw new Error(TOO_OFTEN);
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
    const all = (...messages: string[]) =>
      forEachKey(keys(10), (key) => Promise.reject(new Error(messages[Number(key.at(-1)) % messages.length])));
    for (const [message, code] of [
      ["KV put() limit exceeded for the day.", 10048],
      ["KV PUT failed: 500 Internal Server Error", 10001],
      ["Network connection lost.", 10001],
    ] as const) {
      const other = "KV PUT failed: 413 Value too large";
      for (const messages of [[message], [TOO_OFTEN, message], [message, TOO_OFTEN], [message, other]]) {
        await assert.rejects(all(...messages), (thrown) => refusalOf(thrown).error.code === code);
      }
    }
    assert.equal((await all(TOO_OFTEN)).length, 10);
  });

  it("that fail for another reason than that are told of in the log", async (test) => {
    const log = test.mock.method(console, "error", () => undefined);
    const first = (message: string) =>
      forEachKey(keys(10), async (key) => {
        if (key === "session:k0" || key === "session:k9") {
          throw new Error(key === "session:k0" ? message : TOO_OFTEN);
        }
      });
    assert.deepEqual(await first(TOO_OFTEN), ["session:k0", "session:k9"]);
    assert.deepEqual(await first("KV PUT failed: 503 session:k0"), ["session:k0", "session:k9"]);
    assert.deepEqual(
      log.mock.calls.map((call) => call.arguments),
      [["gateway: KV PUT failed: 503"]],
    );
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
