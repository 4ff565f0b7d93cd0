import { request } from "node:http";
import { connect } from "node:net";
import { SECRET } from "./server";

/** Sends a path as it is; `fetch` would resolve `..` before anything leaves the client. */
export function rawRequest(url: URL, method: string, path: string, headers: Record<string, string | string[]> = {}) {
  return new Promise<Response>((resolve, reject) => {
    const options = { host: url.hostname, port: url.port, method, path, agent: false as const };
    const sent = request({ ...options, headers: { authorization: `Bearer ${SECRET}`, ...headers } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        const contentType = answer.headers["content-type"] ?? "";
        const init = { status: answer.statusCode ?? 0, headers: { "content-type": contentType } };
        resolve(new Response(Buffer.concat(chunks), init));
      });
      answer.on("error", reject);
    });
    sent.on("error", reject);
    sent.end();
  });
}

/** Sends bytes, closes the connection for writing, and returns what comes back, if anything. */
export function rawBytes(url: URL, text: string): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(url.port), url.hostname, () => socket.end(text));
    const done = () => resolve(Buffer.concat(chunks).toString("latin1"));
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("error", done);
    socket.on("close", done);
    socket.setTimeout(5000, () => socket.destroy());
  });
}
