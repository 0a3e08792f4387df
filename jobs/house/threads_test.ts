import { deepStrictEqual, ok } from "node:assert/strict";
import { codeOnly, sources, target } from "./sources.ts";

/** Threads of the server; those of a page are the browser's. */
const SERVER = sources().filter(({ path }) =>
  /^(config|main|engine|modules|jobs|routes)/.test(path)
);

Deno.test("threads are started by jobs/kit alone", () => {
  const found = SERVER.filter(({ path, text }) =>
    !/_test\.ts$/.test(path) && /\bnew Worker\(/.test(codeOnly(text))
  );
  deepStrictEqual(found.map(({ path }) => path), ["jobs/kit/worker_port.ts"]);
});

Deno.test("no module of a thread awaits at its top, as a thread that is ended there leaks files", () => {
  const threads = SERVER.filter(({ path, text }) =>
    path !== "jobs/kit/worker_program.ts" && /^serveWorker\(/m.test(codeOnly(text))
  );
  ok(threads.length >= 6, `${threads.length}`);
  const waiting = threads.filter(({ text }) =>
    /^(?:const .*= )?(?:for )?await\b/m.test(codeOnly(text))
  );
  deepStrictEqual(waiting.map(({ path }) => path), []);
});

/** Imports and re-exports of values: what a thread loads. */
const LOADED = /^(?:import|export)(?!\s+type\b)[^"';]*?\sfrom\s+"([^"]+)"/gm;

/** Packages that a file loads, by itself or through others. */
function packagesOf(path: string, texts: ReadonlyMap<string, string>): ReadonlySet<string> {
  const packages = new Set<string>();
  const seen = new Set([path]);
  for (const file of seen) {
    for (const [, specifier = ""] of (texts.get(file) ?? "").matchAll(LOADED)) {
      const next = target(file, specifier);
      if (next === null) packages.add(specifier);
      else seen.add(next);
    }
  }
  return packages;
}

Deno.test("the threads of the tape load no package that they do not run", () => {
  const texts = new Map(sources().map(({ path, text }) => [path, text]));
  deepStrictEqual([...packagesOf("jobs/tape/tape_worker.ts", texts)], []);
  deepStrictEqual([...packagesOf("jobs/serve/replay/replay_worker.ts", texts)], ["zod"]);
});
