import { after, before } from "node:test";
import { start } from "../scripts/workerd.mjs";

export const ACCOUNT_ID = "acc0000000000000000000000000e001";
export const NAMESPACE_ID = "ce11000000000000000000000000e002";
export const SECRET = "current-secret-of-the-tests-0123456789";
export const PREVIOUS_SECRET = "previous-secret-of-the-tests-0123456789";
export const NAMESPACE = `/client/v4/accounts/${ACCOUNT_ID}/storage/kv/namespaces/${NAMESPACE_ID}`;

export const BINDINGS = {
  ACCOUNT_ID,
  NAMESPACE_ID,
  KEY_PREFIXES: "session: session-gone: session-renamed:",
  GATEWAY_SECRET: SECRET,
  GATEWAY_SECRET_PREVIOUS: PREVIOUS_SECRET,
};

export interface Envelope {
  success: boolean;
  errors: { code: number; message: string }[];
  messages: unknown[];
  result: unknown;
  result_info?: { count: number; cursor: string };
}

/** The built Worker in workerd, started before a file's tests and ended after them. */
export class Server {
  url = new URL("http://unset");

  private end = async (): Promise<void> => {};

  constructor(
    bindings: Record<string, string> = BINDINGS,
    private readonly script = "dist/worker.js",
  ) {
    before(() => this.restart(bindings));
    after(() => this.end());
  }

  /** Starts with other variables and an empty KV. */
  async restart(bindings: Record<string, string>): Promise<void> {
    await this.end();
    const { miniflare, url } = await start(0, bindings, false, this.script);
    this.url = url;
    this.end = () => miniflare.dispose();
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(this.url.origin + path, { redirect: "manual", ...init });
  }

  path(below: string): string {
    return NAMESPACE + below;
  }

  headers(): Record<string, string> {
    return { authorization: `Bearer ${SECRET}` };
  }

  /** Calls a path below the namespace with the secret. */
  kv(method: string, path: string, body?: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
    const init: RequestInit = { method, headers: { ...this.headers(), ...headers } };
    return this.fetch(NAMESPACE + path, body === undefined ? init : { ...init, body });
  }

  async put(key: string, value: string | Uint8Array<ArrayBuffer>): Promise<void> {
    const answer = await this.kv("PUT", `/values/${encodeURIComponent(key)}`, value);
    if (answer.status !== 200) {
      throw new Error(`PUT was answered with ${answer.status}`);
    }
    await answer.arrayBuffer();
  }

  async read(key: string): Promise<string> {
    const answer = await this.kv("GET", `/values/${encodeURIComponent(key)}`);
    return answer.status === 200 ? answer.text() : `${answer.status}`;
  }
}

export async function envelope(answer: Response): Promise<Envelope> {
  return (await answer.json()) as Envelope;
}

/** Returns status and code of a refusal, such as `404/10009`, having checked the envelope's shape. */
export async function refusal(answer: Response): Promise<string> {
  const text = await answer.text();
  const parsed = JSON.parse(text) as Envelope;
  const { code, message } = parsed.errors[0] ?? { code: 0, message: "" };
  const expected = { success: false, errors: [{ code, message }], messages: [], result: null };
  if (text !== JSON.stringify(expected) || answer.headers.get("content-type") !== "application/json") {
    throw new Error(`not the envelope of a refusal: ${text}`);
  }
  return `${answer.status}/${code}`;
}
