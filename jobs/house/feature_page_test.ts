import { equal, ok } from "node:assert/strict";
import { dirname, join } from "node:path";
import { ROOT } from "./sources.ts";

const PAGE = join(ROOT, "docs/adding-a-feature.md");

/** Areas that the page's files stand in and draw from. */
const COPIED = [
  "engine",
  "modules",
  "jobs",
  "islands",
  "fresh",
  "config.ts",
  "deno.json",
  "deno.lock",
];

/** A feature whose skeleton needs more has been made hard. */
const MAX_LINES = 150;

/** Files that the page shows, by the path that stands beside the language of a block. */
function filesOf(page: string): ReadonlyMap<string, string> {
  const blocks = page.matchAll(/^```tsx? (\S+)\n([\s\S]*?)^```$/gm);
  return new Map([...blocks].map(([, path = "", text = ""]) => [path, text]));
}

async function copyTree(from: string, to: string): Promise<void> {
  if ((await Deno.stat(from)).isFile) return await Deno.copyFile(from, to);
  await Deno.mkdir(to, { recursive: true });
  for await (const { name } of Deno.readDir(from)) await copyTree(join(from, name), join(to, name));
}

async function deno(cwd: string, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd,
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder();
  const said = text.decode(stdout) + text.decode(stderr);
  equal(code, 0, said);
  return said;
}

Deno.test("the feature that the page shows compiles, runs and is short", async () => {
  const files = filesOf(await Deno.readTextFile(PAGE));
  equal(files.size, 5);
  const lines = [...files.values()].reduce((sum, text) => sum + text.split("\n").length - 1, 0);
  ok(lines < MAX_LINES, `${lines} lines of code`);
  const copy = await Deno.makeTempDir({ prefix: "lotus-feature-" });
  try {
    for (const name of COPIED) await copyTree(join(ROOT, name), join(copy, name));
    await Deno.symlink(join(ROOT, "node_modules"), join(copy, "node_modules"));
    for (const [path, text] of files) {
      await Deno.mkdir(join(copy, dirname(path)), { recursive: true });
      await Deno.writeTextFile(join(copy, path), text);
    }
    await deno(copy, "check", ...files.keys());
    ok((await deno(copy, "test", "-A", "--no-check", "routes")).includes("1 passed"));
  } finally {
    await Deno.remove(copy, { recursive: true });
  }
});
