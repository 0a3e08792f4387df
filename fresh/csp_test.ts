import { match, notStrictEqual, ok, strictEqual } from "node:assert/strict";
import { App, csp } from "fresh";
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
    match(policy, /connect-src 'self';/);
    match(policy, /base-uri 'none'/);
    strictEqual(policy.match(/base-uri/g)?.length, 1);
  }
  strictEqual(nonces.size, 3);
});

Deno.test("csp() upgrades over TLS alone, and allows inline parts without nonces", async () => {
  const handler = new App()
    .use(csp())
    .get("/", () => Response.redirect("http://localhost/x"))
    .handler();
  const plain = await handler(new Request("http://localhost/"));
  const name = "content-security-policy";
  match(plain.headers.get(name) ?? "", /'unsafe-inline'.*frame-ancestors 'none'$/);
  const secure = await handler(new Request("https://localhost/"));
  match(secure.headers.get(name) ?? "", /; upgrade-insecure-requests$/);
});
