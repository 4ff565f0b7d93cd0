/** How the benchmark takes its times. */
import { Agent, request } from "node:http";

export const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** Takes turns, so that whatever else the machine does falls on both. Returns the medians, in milliseconds. */
export async function compare(gateway, bare, rounds) {
  const times = [[], []];
  for (let i = -rounds / 4; i < rounds; i++) {
    for (const which of i % 2 === 0 ? [0, 1] : [1, 0]) {
      const start = performance.now();
      await (which === 0 ? gateway : bare)();
      if (i >= 0) {
        times[which].push(performance.now() - start);
      }
    }
  }
  return { gateway: p50(times[0]), bare: p50(times[1]) };
}

/** Returns the median of a few runs, the first left out. */
export async function repeated(run, rounds) {
  const times = [];
  for (let i = 0; i <= rounds; i++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return p50(times.slice(1));
}

export function call(url, method, path, secret, body) {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
    const headers = { authorization: `Bearer ${secret}`, ...length };
    const sent = request({ agent, host: url.hostname, port: url.port, method, path, headers }, (answer) => {
      answer.resume();
      answer.on("end", () => (answer.statusCode === 200 ? resolve() : reject(new Error(`${answer.statusCode}`))));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** A record of about 6 kB, as a login with GitHub makes it (docs/performance.md). */
export function sessionRecord() {
  const at = "01a0c4506c00-0000-1x8k2m9q4z";
  const now = Date.now();
  const fields = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`field${i}`, "x".repeat(26)]));
  return JSON.stringify({
    schema: 1,
    rev: at,
    writer: "1x8k2m9q4z",
    createdAt: now,
    lastAccessedAt: now,
    expiresAt: now + 604_800_000,
    maxInactiveInterval: 604_800,
    claimNames: ["userId", "githubUsername"],
    userId: "583231",
    githubUsername: "octocat",
    attributes: { SPRING_SECURITY_CONTEXT: { at, json: fields } },
  });
}

function p50(times) {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];
}
