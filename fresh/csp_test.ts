import { match, notStrictEqual, ok, strictEqual } from "node:assert/strict";
import { App, csp, trailingSlashes } from "fresh";
import { fixtureApp } from "./testdata/app.ts";

const nonceIn = (policy: string) => /'nonce-([0-9a-f]{32})'/.exec(policy)?.[1] ?? "";

Deno.test("csp() allows the scripts of one response by a nonce of its own", async () => {
  const handler = (await fixtureApp()).handler();
  const nonces = new Set<string>();
  for (let i = 0; i < 3; i++) {
    const response = await handler(new Request("http://localhost/"));
    const policy = response.headers.get("content-security-policy") ?? "";
    const nonce = nonceIn(policy);
    notStrictEqual(nonce, "");
    nonces.add(nonce);
    const html = await response.text();
    const scripts = html.match(/<(script|style)\b[^>]*>/g) ?? [];
    strictEqual(scripts.length, 3);
    for (const tag of scripts) ok(tag.includes(`nonce="${nonce}"`), tag);
    strictEqual(/\son\w+=/.test(html), false);
    ok(!policy.includes("unsafe"));
    match(policy, /script-src 'self' 'nonce-\w+';/);
    match(policy, /connect-src 'self' ws: wss:;/);
    match(policy, /base-uri 'none'/);
    strictEqual(policy.match(/base-uri/g)?.length, 1);
    strictEqual(response.headers.get("x-content-type-options"), "nosniff");
    strictEqual(response.headers.get("referrer-policy"), "same-origin");
  }
  strictEqual(nonces.size, 3);
});

Deno.test("csp() reports only, to an endpoint, and upgrades over TLS alone", async () => {
  const handler = new App()
    .use(csp({ reportOnly: true, reportTo: "/report" }))
    .get("/", () => Response.redirect("http://localhost/x"))
    .handler();
  const plain = await handler(new Request("http://localhost/"));
  const name = "content-security-policy-report-only";
  match(
    plain.headers.get(name) ?? "",
    /unsafe-inline.*report-to csp-endpoint; report-uri \/report$/,
  );
  strictEqual(plain.headers.get("reporting-endpoints"), 'csp-endpoint="/report"');
  const secure = await handler(new Request("https://localhost/"));
  match(secure.headers.get(name) ?? "", /; upgrade-insecure-requests$/);
});

Deno.test("trailingSlashes() redirects to one form", async () => {
  const cases = [
    ["never", "/a/?q=1", "/a?q=1"],
    ["never", "/a", null],
    ["always", "/a?q=1", "/a/?q=1"],
    ["always", "/a.css", null],
    ["always", "/", null],
  ] as const;
  for (const [mode, path, location] of cases) {
    const handler = new App().use(trailingSlashes(mode)).all("*", (ctx) => ctx.text("")).handler();
    const response = await handler(new Request(`http://localhost${path}`));
    strictEqual(response.headers.get("location"), location, `${mode} ${path}`);
  }
});
