import type { UserSession } from "../session/with-session";

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
};

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A page for whoever is logged in, made without asking the application. */
export function page(session: UserSession): Response {
  const rows = Object.entries(session.claims).map(([name, value]) => row(name, value));
  const times = [row("since", date(session.createdAt)), row("until", date(session.expiresAt))];
  const body = `<!doctype html>
<html lang="en">
<title>At the edge</title>
<h1>Hello ${escaped(session.userId)}</h1>
<p>This page was made at the edge; the application was not asked.</p>
<table>
${[...rows, ...times].join("\n")}
</table>
</html>
`;
  return new Response(body, { headers: HEADERS });
}

function row(name: string, value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `<tr><th>${escaped(name)}</th><td>${escaped(text)}</td></tr>`;
}

function date(millis: number | null): string {
  return millis === null ? "for ever" : new Date(millis).toISOString();
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
