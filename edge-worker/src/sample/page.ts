import type { UserSession } from "../session/with-session";
import { dressed } from "./style";

/** Claim that the sample application adds; `userId`, a number at GitHub, says little to a reader. */
const NAME = "githubUsername";

/** A page for whoever is logged in, made without asking the application. */
export function page({ userId, claims, createdAt, expiresAt }: UserSession): Response {
  const name = claims[NAME];
  const rows = Object.entries(claims).map(([claim, value]) => row(claim, value));
  return dressed(
    `Hello ${escaped(typeof name === "string" ? name : userId)}`,
    `<p>Made at the edge, from KV. The application was not asked.
<dl>
${[...rows, row("since", date(createdAt)), row("until", date(expiresAt))].join("\n")}
</dl>
<p><a href="/">Back to the application</a>, where you can log out.`,
  );
}

function row(name: string, value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `<div><dt>${escaped(name)}</dt><dd>${escaped(text)}</dd></div>`;
}

/** Such as `26 Nov 2026 14:46 UTC`, which is part of `Thu, 26 Nov 2026 14:46:36 GMT`. */
function date(millis: number | null): string {
  return millis === null ? "no end" : `${new Date(millis).toUTCString().slice(5, 22)} UTC`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
