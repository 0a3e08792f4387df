import { deepStrictEqual, ok } from "node:assert/strict";
import { codeOnly, sources } from "./sources.ts";

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
