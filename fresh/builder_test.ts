import { match, notStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { bundleIslands } from "./_bundle.ts";
import { App, staticFiles } from "fresh";
import { Builder } from "fresh/dev";
import { Head } from "fresh/runtime";
import { h } from "preact";
import { quietly } from "./testdata/app.ts";

const testdata = join(import.meta.dirname ?? ".", "testdata");
const island = join(testdata, "islands", "Counter.tsx");

async function inTempDir(fn: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await fn(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("bundleIslands() finds a kept bundle again and bundles anew for another mode", async () => {
  await inTempDir(async (outDir) => {
    const request = {
      entries: [island],
      root: testdata,
      outDir,
      mode: "production",
      keep: true,
    } as const;
    const first = await bundleIslands(request);
    const [kept] = [...Deno.readDirSync(outDir)];
    const file = join(outDir, kept?.name ?? "", "0.bin");
    // A mark that the bundler would never write tells a read from a new run.
    await Deno.writeTextFile(file, "kept");
    const second = await bundleIslands(request);
    strictEqual(new TextDecoder().decode([...second.values()][0]), "kept");
    const third = await bundleIslands({ ...request, mode: "development" });
    notStrictEqual(new TextDecoder().decode([...third.values()][0]), "kept");
    strictEqual([...Deno.readDirSync(outDir)].length, 1);
    strictEqual(first.size > 0, true);
  });
});

Deno.test("Builder.build() says what the bundler said", async () => {
  await inTempDir(async (root) => {
    await Deno.mkdir(join(root, "islands"));
    await Deno.writeTextFile(
      join(root, "deno.json"),
      '{ "compilerOptions": { "jsx": "react-jsx" } }',
    );
    await Deno.writeTextFile(
      join(root, "islands", "A.ts"),
      "export default async function A() { await import('./gone.ts'); }",
    );
    await rejects(
      new Builder({ root }).build({ snapshot: "memory" }),
      /Cannot bundle the islands: .*gone/s,
    );
    await Deno.writeTextFile(
      join(root, "deno.json"),
      '{ "compilerOptions": { "jsx": "precompile" } }',
    );
    await rejects(new Builder({ root }).build({ snapshot: "memory" }), /set "jsx" to "react-jsx"/);
  });
});

Deno.test("Builder leaves out what it is told to ignore", async () => {
  const statusOf = async (ignore: RegExp[]) => {
    const app = new App().use(staticFiles()).fsRoutes();
    (await new Builder({ root: testdata, ignore }).build({ snapshot: "memory" }))(app);
    const response = await app.handler()(new Request("http://localhost/about"));
    await response.body?.cancel();
    return response.status;
  };
  strictEqual(await statusOf([]), 200);
  strictEqual(await statusOf([/about\.tsx$/]), 404);
});

Deno.test("rendering refuses partials", async () => {
  const handler = new App()
    .get("/nav", (ctx) => ctx.render(h("div", { "f-client-nav": true } as object)))
    .get("/plain", (ctx) => ctx.render(h("p", null, h(Head, null, h("title", null, "T")), "ok")))
    .handler();
  const lines = await quietly(async () => {
    strictEqual((await handler(new Request("http://localhost/nav"))).status, 500);
  });
  strictEqual(lines, 1);
  const plain = await handler(new Request("http://localhost/plain"));
  match(
    await plain.text(),
    /<head><meta charset="utf-8"><title>T<\/title><\/head><body><p>ok<\/p>/,
  );
});

Deno.test("a build for development reloads pages, maps sources and lets nothing be kept", async () => {
  const app = new App().use(staticFiles()).get("/", (ctx) => ctx.render(h("p", null, "x")));
  (await new Builder({ root: testdata }).build({ mode: "development", snapshot: "memory" }))(app);
  const handler = app.handler();
  const html = await (await handler(new Request("http://localhost/"))).text();
  match(html, /new EventSource\("\/_fresh\/alive"\)/);
  const alive = await handler(new Request("http://localhost/_fresh/alive"));
  strictEqual(alive.headers.get("content-type"), "text/event-stream");
  await alive.body?.cancel();
  const map = /"(\/_fresh\/[^"]+\.js)"/;
  const page = new App().use(staticFiles()).fsRoutes();
  (await new Builder({ root: testdata }).build({ mode: "development", snapshot: "memory" }))(page);
  const home = await (await page.handler()(new Request("http://localhost/"))).text();
  const module = await page.handler()(new Request(`http://localhost${map.exec(home)?.[1]}`));
  match(await module.text(), /\/\/# sourceMappingURL=client\.js\.map/);
  const css = await handler(new Request("http://localhost/style.css"));
  strictEqual(css.headers.get("cache-control"), "no-cache");
  await css.body?.cancel();
});
