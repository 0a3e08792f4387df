import { App, csp, staticFiles } from "fresh";
import { Builder } from "fresh/dev";
import type { State } from "./define.ts";

/** The fixture app with its build applied; nothing is written to disk. */
export async function fixtureApp(
  mode: "development" | "production" = "production",
): Promise<App<State>> {
  const app = new App<State>()
    .use(csp({ useNonce: true, csp: ["base-uri 'none'"] }))
    .use(staticFiles())
    .fsRoutes();
  const builder = new Builder({ root: import.meta.dirname ?? "." });
  const applyBuild = await builder.build({ mode, snapshot: "memory" });
  applyBuild(app);
  return app;
}

/** Runs without printing what is logged as an error, and returns how many lines there were. */
export async function quietly(fn: () => Promise<void>): Promise<number> {
  const before = console.error;
  let lines = 0;
  console.error = () => {
    lines++;
  };
  try {
    await fn();
  } finally {
    console.error = before;
  }
  return lines;
}
