/** The sample application's colours, by day and by night. The bundler leaves text as it is, so it is short. */
export const STYLE = [
  ":root{color-scheme:light dark;--l:light-dark(#e4e1dc,#35322e);--s:light-dark(#67615a,#aaa39a)}",
  "body{padding:1rem;background:light-dark(#f6f5f3,#141312);font:1rem/1.5 system-ui}",
  "main{max-width:36rem;margin:6vh auto;padding:1.4rem;border:1px solid var(--l);border-radius:1rem;background:light-dark(#fff,#1f1d1b)}",
  "h1{margin:0;font-size:1.6rem;overflow-wrap:anywhere}",
  "p,dt{color:var(--s)}a{color:light-dark(#c2410c,#fb923c)}",
  "div{display:flex;justify-content:space-between;gap:1rem;padding:.5rem 0;border-top:1px solid var(--l)}",
  "dd{margin:0;text-align:right;overflow-wrap:anywhere}",
].join("");
