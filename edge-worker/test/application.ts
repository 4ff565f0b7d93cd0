import { createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before } from "node:test";

export interface Asked {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** What stands behind the Worker while a file's tests run: it answers as a test wants, and remembers what was asked. */
export class Application {
  asked: Asked[] = [];

  answer: { status: number; headers?: OutgoingHttpHeaders } = { status: 204 };

  /** Answers wait for it. */
  gate: Promise<unknown> = Promise.resolve();

  /** Called at each request. */
  onAsked = (): void => {};

  private readonly server = createServer(async ({ method, url, headers }, response) => {
    this.asked.push({ method, url, headers });
    this.onAsked();
    await this.gate;
    response.writeHead(this.answer.status, this.answer.headers).end();
  });

  constructor() {
    before(() => new Promise<void>((resolve) => this.server.listen(0, "localhost", resolve)));
    after(() => this.server.close());
  }

  get origin(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }
}
