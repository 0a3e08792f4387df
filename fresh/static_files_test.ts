import { deepStrictEqual, match, notStrictEqual, strictEqual } from "node:assert/strict";
import { asset } from "./runtime.ts";
import { fixtureApp } from "./testdata/app.ts";

const handler = (await fixtureApp()).handler();
const get = (path: string, init?: RequestInit) =>
  handler(new Request(`http://localhost${path}`, init));

Deno.test("staticFiles() sends types, lengths and tags", async () => {
  const cases: [path: string, type: RegExp][] = [
    ["/style.css", /^text\/css/],
    ["/fonts/a.woff2", /^font\/woff2$/],
    ["/icon.svg", /^image\/svg\+xml/],
    ["/favicon.ico", /^image\/x-icon$/],
    ["/with%20space.txt", /^text\/plain/],
  ];
  for (const [path, type] of cases) {
    const response = await get(path);
    const body = await response.bytes();
    strictEqual(response.status, 200, path);
    match(response.headers.get("content-type") ?? "", type);
    strictEqual(response.headers.get("content-length"), String(body.length));
    strictEqual(response.headers.get("cache-control"), "no-cache");
    const etag = response.headers.get("etag") ?? "";
    const again = await get(path, { headers: { "if-none-match": `"zzz", ${etag}` } });
    deepStrictEqual([again.status, await again.text()], [304, ""]);
    strictEqual((await get(path, { headers: { "if-none-match": '"zzz"' } })).status, 200);
    const head = await get(path, { method: "HEAD" });
    deepStrictEqual([head.headers.get("content-length"), await head.text()], [
      String(body.length),
      "",
    ]);
  }
});

Deno.test("staticFiles() lets hashed URLs be kept for a year, and leads stale ones away", async () => {
  const url = asset("/style.css?a=1#top");
  match(url, /^\/style\.css\?a=1&__frsh_c=[0-9a-f]{16}#top$/);
  const response = await get(url);
  strictEqual(
    response.headers.get("cache-control"),
    "public, max-age=31536000, immutable",
  );
  const stale = await get("/style.css?a=1&__frsh_c=0000");
  deepStrictEqual([stale.status, stale.headers.get("location")], [307, "/style.css?a=1"]);
});

Deno.test("staticFiles() serves islands as immutable modules", async () => {
  const html = await (await get("/")).text();
  const url = /import\*as m0 from"([^"]+)"/.exec(html)?.[1] ?? "";
  const response = await get(url);
  strictEqual(response.status, 200);
  match(response.headers.get("content-type") ?? "", /^text\/javascript/);
  match(response.headers.get("cache-control") ?? "", /immutable/);
  strictEqual((await get(url.replace(/js\/\w+/, "js/0000"))).status, 404);
});

Deno.test("staticFiles() finds nothing outside its folder, in either mode", async () => {
  const paths = [
    "/../app.ts",
    "/%2e%2e/app.ts",
    "/..%2fapp.ts",
    "/fonts/..%2f..%2fapp.ts",
    "/%5c..%5capp.ts",
    "/style.css%00.txt",
    "/%E0%A4%A",
    "/fonts",
    "/fonts/",
    "/style.css/",
    "//app.ts",
    "/_fresh/js/../app.ts",
  ];
  const live = (await fixtureApp("development")).handler();
  for (const path of paths) {
    strictEqual((await get(path)).status, 404, path);
    strictEqual((await live(new Request(`http://localhost${path}`))).status, 404, path);
  }
  strictEqual((await get("/style.css", { method: "POST" })).status, 405);
});

Deno.test("asset() leaves foreign and relative URLs alone", () => {
  for (const url of ["https://a.test/x.css", "//a.test/x", "x.css", "data:,x", "#x"]) {
    strictEqual(asset(url), url);
  }
  const once = asset("/x.png");
  notStrictEqual(once, "/x.png");
  strictEqual(asset(once), once);
});
