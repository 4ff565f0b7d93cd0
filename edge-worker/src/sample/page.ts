import type { UserSession } from "../session/with-session";
import { STYLE } from "./style";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Claim that the sample application adds; `userId`, a number at GitHub, says little to a reader. */
const NAME = "githubUsername";

/** A page for whoever is logged in, made without asking the application. */
export function page({ userId, claims, createdAt, expiresAt }: UserSession): Response {
  const name = claims[NAME];
  const nonce = crypto.randomUUID();
  const rows = Object.entries(claims).map(([claim, value]) => row(claim, value));
  const body = `<!doctype html>
<html lang="en">
<meta name="viewport" content="width=device-width">
<title>At the edge</title>
<style nonce="${nonce}">${STYLE}</style>
<main>
<h1>Hello ${escaped(typeof name === "string" ? name : userId)}</h1>
<p>Made at the edge, from KV. The application was not asked.
<dl>
${[...rows, row("since", date(createdAt)), row("until", date(expiresAt))].join("\n")}
</dl>
<p><a href="/">Back to the application</a>, where you can log out.
</main>
</html>
`;
  return new Response(body, { headers: headers(nonce) });
}

function headers(nonce: string): Record<string, string> {
  return {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": `default-src 'none'; style-src 'nonce-${nonce}'; frame-ancestors 'none'; base-uri 'none'`,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
  };
}

function row(name: string, value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `<div><dt>${escaped(name)}</dt><dd>${escaped(text)}</dd></div>`;
}

/** Such as `26 Nov 2026 14:46 UTC`, which is part of `Thu, 26 Nov 2026 14:46:36 GMT`. */
function date(millis: number | null): string {
  return millis === null ? "for ever" : `${new Date(millis).toUTCString().slice(5, 22)} UTC`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
