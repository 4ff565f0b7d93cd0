import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, it } from "node:test";

const FOLDER = fileURLToPath(new URL("..", import.meta.url));

describe("npm run dev", { skip: process.platform === "win32" && "nobody sends signals there" }, () => {
  it("ends with workerd though npm tells only its shell to end", { timeout: 30_000 }, async (test) => {
    const env = { ...process.env, PORT: "0", KV_PERSIST: "memory" };
    const npm = spawn("npm", ["run", "-s", "dev"], { cwd: FOLDER, env, detached: true });
    test.after(() => endAll(npm.pid as number));
    const closed = once(npm, "close");
    let printed = "";
    await new Promise<void>((ready) => {
      npm.stdout.on("data", (chunk) => {
        printed += String(chunk);
        if (printed.endsWith("/edge\n")) {
          ready();
        }
      });
      npm.stdout.once("end", ready);
    });
    assert.match(printed, /^Ready on http:/);
    npm.kill("SIGTERM");
    // Not before all that hold the output have ended.
    await closed;
  });
});

/** Ends what is left if the test fails. */
function endAll(group: number): void {
  try {
    process.kill(-group, "SIGKILL");
  } catch {
    // Nothing is left.
  }
}
