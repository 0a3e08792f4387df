import {
  deepStrictEqual,
  match,
  notStrictEqual,
  ok,
  rejects,
  strictEqual,
} from "node:assert/strict";
import { join } from "node:path";
import { bundleIslands, modulesOf } from "./_bundle.ts";
import { TEST_FILE } from "./_disk.ts";
import { takeSnapshot } from "./_snapshot.ts";
import { App, staticFiles } from "fresh";
import { Builder } from "fresh/dev";
import { asset, Head } from "fresh/runtime";
import { h } from "preact";
import { fixtureApp, quietly } from "./testdata/app.ts";

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
      mustKeep: true,
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

Deno.test("modulesOf() follows static imports, and none that are on demand or not there", () => {
  const texts = {
    "islands/A.js": 'import{x}from"../b.js";import"./c.js";import("./late.js");from"./gone.js"',
    "b.js": 'import { y } from "./islands/c.js";export{y as x};',
    "islands/c.js": 'export*from"../b.js";',
    "islands/late.js": "",
  };
  const encoder = new TextEncoder();
  const bundle = new Map(Object.entries(texts).map(([path, text]) => [path, encoder.encode(text)]));
  deepStrictEqual(modulesOf(bundle, "islands/A.js"), ["islands/A.js", "b.js", "islands/c.js"]);
});

Deno.test("a page names every module that it runs before it is asked for", async () => {
  const handler = (await fixtureApp()).handler();
  const page = await handler(new Request("http://localhost/"));
  const links = page.headers.get("link") ?? "";
  const named = [...links.matchAll(/<([^>]+)>; rel="modulepreload"/g)].map(([, url = ""]) => url);
  await page.body?.cancel();
  const imported = new Set<string>();
  for (const url of named) {
    const text = await (await handler(new Request(`http://localhost${url}`))).text();
    for (const [, name = ""] of text.matchAll(/\b(?:from|import)"(\.[^"]+)"/g)) {
      imported.add(new URL(name, `http://localhost${url}`).pathname);
    }
  }
  ok(imported.size > 0);
  deepStrictEqual([...imported].filter((url) => !named.includes(url)), []);
  strictEqual(new Set(named).size, named.length);
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

/** A project with one island, a worker beside it, a route and a test of the route. */
async function inProject(fn: (root: string) => Promise<void>): Promise<void> {
  await inTempDir(async (root) => {
    for (const folder of ["islands", "routes"]) await Deno.mkdir(join(root, folder));
    const files: Readonly<Record<string, string>> = {
      "deno.json": '{ "compilerOptions": { "jsx": "react-jsx" } }',
      "islands/A.ts": "export default function A() { return null; }",
      "islands/echo_worker.ts":
        'if ("Deno" in globalThis) throw new Error("loaded"); onmessage = 1;',
      "routes/x.ts": 'export const handler = () => new Response("x");',
      "routes/x_test.ts": 'export const handler = () => new Response("test");',
    };
    for (const [path, text] of Object.entries(files)) {
      await Deno.writeTextFile(join(root, path), text);
    }
    await fn(root);
  });
}

async function serve(builder: Builder, snapshot: "disk" | "memory" = "memory") {
  const app = new App().use(staticFiles()).fsRoutes();
  (await builder.build({ snapshot }))(app);
  const handler = app.handler();
  return async (path: string) => {
    const response = await handler(new Request(`http://localhost${path}`));
    return { status: response.status, text: await response.text() };
  };
}

Deno.test("Builder leaves out tests, or in their place what it is told to ignore", async () => {
  await inProject(async (root) => {
    const plain = await serve(new Builder({ root }));
    strictEqual((await plain("/x")).status, 200);
    strictEqual((await plain("/x_test")).status, 404);
    const told = await serve(new Builder({ root, ignore: [/x\.ts$/] }));
    strictEqual((await told("/x")).status, 404);
    strictEqual((await told("/x_test")).status, 200);
  });
});

Deno.test("Builder bundles a worker under its own name, and never loads it", async () => {
  await inProject(async (root) => {
    const build = await takeSnapshot({
      root,
      outDir: join(root, "_fresh"),
      staticDir: join(root, "static"),
      islandDir: join(root, "islands"),
      routeDir: join(root, "routes"),
      ignore: [TEST_FILE],
      mode: "production",
      mustKeep: false,
      liveReload: false,
    });
    strictEqual(build.islands.size, 1);
    const [island] = build.islands.values();
    const worker = await build.readFile(
      new URL("echo_worker.js", `http://x${island?.url}`).pathname,
    );
    match(new TextDecoder().decode(await worker?.bytes()), /onmessage/);
  });
});

/** Folder of the bundle that is kept in a project. */
async function keptBundle(root: string): Promise<string> {
  const names = [];
  for await (const { name } of Deno.readDir(join(root, "_fresh"))) names.push(name);
  strictEqual(names.length, 1, names.join());
  return join(root, "_fresh", names[0] ?? "");
}

/** Puts the word "kept" into a kept bundle in place of island `A`, and returns that module's path. */
async function markKept(bundle: string): Promise<string> {
  const paths: string[] = JSON.parse(await Deno.readTextFile(join(bundle, "manifest.json")));
  const at = paths.findIndex((path) => path.endsWith("/A.js"));
  await Deno.writeTextFile(join(bundle, `${at}.bin`), "kept");
  return paths[at] ?? "";
}

Deno.test("Builder.build() reads the bundle that an earlier build of the same sources kept", async () => {
  for (const snapshot of ["memory", "disk"] as const) {
    await inProject(async (root) => {
      await serve(new Builder({ root }), snapshot);
      const path = await markKept(await keptBundle(root));
      const app = new App().use(staticFiles());
      (await new Builder({ root }).build({ snapshot: "memory" }))(app);
      const url = asset("/x"); // carries the id of the newest build
      const id = new URLSearchParams(url.split("?")[1]).get("__frsh_c");
      const response = await app.handler()(new Request(`http://localhost/_fresh/js/${id}/${path}`));
      strictEqual(await response.text(), "kept");
    });
  }
});

Deno.test("Builder.build() keeps one bundle, that of the newest sources", async () => {
  await inProject(async (root) => {
    await serve(new Builder({ root }));
    const first = await keptBundle(root);
    await Deno.writeTextFile(join(root, "islands", "B.tsx"), "export default () => null;");
    await serve(new Builder({ root }));
    notStrictEqual(await keptBundle(root), first);
  });
});

Deno.test("Builder.build() of several processes at a time keeps one whole bundle", async () => {
  await inProject(async (root) => {
    await Promise.all(Array.from({ length: 4 }, () => serve(new Builder({ root }))));
    await markKept(await keptBundle(root));
  });
});

Deno.test("Builder.build() fails where a bundle cannot be kept only when it is made to be kept", async () => {
  await inProject(async (root) => {
    await Deno.writeTextFile(join(root, "_fresh"), "a file");
    await serve(new Builder({ root }));
    await rejects(serve(new Builder({ root }), "disk"));
  });
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
