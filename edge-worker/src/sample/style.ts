import { NO_STORE } from "../no-store";

/** The sample application's clothes, by day and by night. The bundler leaves text as it is, so it is short. */
const STYLE =
  ":root{color-scheme:light dark}" +
  "body{background:light-dark(#f6f5f3,#141312);font:1rem/1.55 system-ui;overflow-wrap:anywhere}" +
  "header,main{max-width:34rem;margin:2vh auto;padding:1.2rem}b{color:#f6821f}" +
  "main{border:1px solid #8884;border-radius:1rem;background:light-dark(#fff,#1f1d1b)}" +
  "h1{margin:0;font-size:1.45rem}a{color:light-dark(#b03a0a,#fb923c)}" +
  "div{display:flex;gap:1rem;padding:.5rem 0;border-top:1px solid #8884}" +
  "dt{opacity:.7}dd{margin-left:auto;text-align:right}";

/** A page in these clothes; a policy lets it have them and nothing else. */
export function dressed(title: string, card: string): Response {
  const nonce = crypto.randomUUID();
  const body = `<!doctype html>
<html lang="en">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style nonce="${nonce}">${STYLE}</style>
<header><b aria-hidden=true>■</b> kv-session</header>
<main>
<h1>${title}</h1>
${card}
</main>
</html>
`;
  const headers = {
    "content-type": "text/html; charset=utf-8",
    ...NO_STORE,
    "content-security-policy": `default-src 'none'; style-src 'nonce-${nonce}'; frame-ancestors 'none'; base-uri 'none'`,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
  };
  return new Response(body, { headers });
}
