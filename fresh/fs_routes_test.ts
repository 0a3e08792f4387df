import { deepStrictEqual, doesNotMatch, match, strictEqual, throws } from "node:assert/strict";
import { fileCommands } from "./_commands.ts";
import { fixtureApp, quietly } from "./testdata/app.ts";

const handler = (await fixtureApp()).handler();
const get = (path: string, init?: RequestInit) =>
  handler(new Request(`http://localhost${path}`, init));

Deno.test("fsRoutes() maps file names to patterns with precedence", async () => {
  const cases: [path: string, id: string, params: Record<string, string>][] = [
    ["/blog/new", "blog/new", {}],
    ["/blog/a%20b", "blog/[slug]", { slug: "a b" }],
    ["/files", "files/[...path]", { path: "" }],
    ["/files/a/b.txt", "files/[...path]", { path: "a/b.txt" }],
    ["/docs", "docs/[[version]]", { version: "" }],
    ["/docs/v2", "docs/[[version]]", { version: "v2" }],
    ["/x/mod@1.2/a/b", "override", { module: "mod", version: "1.2", path: "a/b" }],
  ];
  for (const [path, id, params] of cases) {
    deepStrictEqual(await (await get(path)).json(), { id, params }, path);
  }
  strictEqual((await get("/override")).status, 404);
});

Deno.test("fsRoutes() wraps pages in layouts and the app, groups apart", async () => {
  const about = await (await get("/about")).text();
  match(about, /<html lang="en">.*<div class="info"><p>about<\/p><\/div>/);
  const admin = await (await get("/admin")).text();
  match(admin, /<div class="admin" data-trail="root 1 root 2 admin"><p>admin of \/admin<\/p>/);
  const deep = await (await get("/admin/deep")).text();
  match(deep, /<body><div class="deep"><p>deep<\/p><\/div>/);
  const bare = await (await get("/admin/deep/bare")).text();
  match(
    bare,
    /^<!DOCTYPE html><html><head><meta charset="utf-8"><\/head><body><p>bare<\/p><\/body>/,
  );
});

Deno.test("fsRoutes() runs middlewares from the root inwards", async () => {
  strictEqual((await get("/admin")).headers.get("x-trail"), "root 1, root 2, admin");
  strictEqual((await get("/about")).headers.get("x-trail"), "root 1, root 2");
});

Deno.test("fsRoutes() answers by method, with 405, HEAD and OPTIONS", async () => {
  strictEqual((await get("/api/item", { method: "DELETE" })).status, 204);
  const refused = await get("/api/item", { method: "PUT" });
  deepStrictEqual([refused.status, refused.headers.get("allow")], [
    405,
    "DELETE, GET, HEAD, OPTIONS",
  ]);
  const head = await get("/api/item", { method: "HEAD" });
  deepStrictEqual([head.headers.get("x-item"), await head.text()], ["yes", ""]);
  strictEqual((await get("/about", { method: "POST" })).status, 405);
});

Deno.test("fsRoutes() draws _404 and the nearest _error, and leaks no stack", async () => {
  const missing = await get("/nowhere/<b>");
  strictEqual(missing.status, 404);
  match(await missing.text(), /<title>Fixture<\/title>.*nothing at \/nowhere\/%3Cb%3E/);
  const lines = await quietly(async () => {
    const boom = await get("/boom");
    const text = await boom.text();
    strictEqual(boom.status, 500);
    match(text, /<p class="error">failed<\/p>/);
    doesNotMatch(text, /secret|\.ts/);
    const inner = await get("/admin/throws");
    strictEqual(inner.status, 500);
    match(await inner.text(), /<div class="admin".*<p class="admin-error">unknown<\/p><\/div>/);
  });
  strictEqual(lines, 2);
  const told = await get("/admin/throws?status=403");
  strictEqual(told.status, 403);
  match(await told.text(), /<p class="admin-error">403<\/p>/);
  const none = await get("/admin/throws?status=404");
  strictEqual(none.status, 404);
  match(await none.text(), /<body><div class="admin".*<p class="missing">/);
});

Deno.test("an island prop that cannot be sent fails with island and prop named", async () => {
  const before = console.error;
  const logged: unknown[] = [];
  console.error = (error: unknown) => logged.push(error);
  try {
    strictEqual((await get("/bad-prop")).status, 500);
  } finally {
    console.error = before;
  }
  match(
    String(logged[0]),
    /Cannot send prop "start" to island "islands\/Counter": Cannot stringify a function at ""/,
  );
});

Deno.test("fileCommands() refuses files it does not understand", () => {
  const cases: [id: string, exports: Record<string, unknown>, message: RegExp][] = [
    ["a", {}, /exports neither a component nor a handler/],
    ["a", { default: () => null, css: [] }, /not implemented: "css"/],
    ["a", { default: () => null, config: { csp: true } }, /not implemented: "csp"/],
    ["a/_app", { default: () => null }, /special route file.*"a\/_app"/],
    ["a/_404", { default: () => null }, /special route file.*"a\/_404"/],
    ["_500", { default: () => null }, /special route file.*"_500"/],
    ["_middleware", {}, /exports no middleware function/],
    ["a", { handler: 1 }, /neither function nor object/],
    ["[...a]/b", { default: () => null }, /must be the last one/],
    ["[a", { default: () => null }, /brackets are not balanced/],
  ];
  for (const [id, exports, message] of cases) {
    throws(() => fileCommands([{ id, exports }]), message, id);
  }
});
