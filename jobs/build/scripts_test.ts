import { deepStrictEqual } from "node:assert/strict";
import { join, resolve } from "node:path";

const ISLANDS = resolve(import.meta.dirname ?? ".", "../../islands");

/** Names of the packages that stand in what browsers are sent of the islands. */
async function packagesOf(entries: readonly string[]): Promise<readonly string[]> {
  const { success, errors, outputFiles = [] } = await Deno.bundle({
    entrypoints: [...entries],
    outputDir: "out",
    platform: "browser",
    format: "esm",
    codeSplitting: true,
    minify: true,
    sourcemap: "linked",
    write: false,
  });
  deepStrictEqual([success, errors], [true, []]);
  const sources = outputFiles.filter(({ path }) => path.endsWith(".map"))
    .flatMap((file) => (JSON.parse(file.text()) as { readonly sources: string[] }).sources);
  const names = sources.map((path) =>
    /node_modules\/\.deno\/([^/]+)@[^/]+\//.exec(path)?.[1] ?? ""
  );
  return [...new Set(names)].filter((name) => name !== "").sort();
}

Deno.test("the scripts of the islands hold no package but those that draw", async () => {
  const files = [...Deno.readDirSync(ISLANDS)].filter(({ isFile }) => isFile);
  const packages = await packagesOf(files.map(({ name }) => join(ISLANDS, name)));
  deepStrictEqual(packages, ["@preact+signals-core", "preact", "uplot"]);
});
