import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { Catalogue } from "./catalogue.ts";

async function withFolder(fn: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "lotus_catalogue_" });
  try {
    await fn(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("Catalogue offers replay files of its folders only, first folder first", async () => {
  await withFolder(async (folder) => {
    for (const name of ["data/feeds/inner", "own", "more"]) {
      await Deno.mkdir(join(folder, name), { recursive: true });
    }
    const put = (path: string) => Deno.writeTextFile(join(folder, path), path);
    await put("data/feeds/b.dbn");
    await put("data/feeds/a.dbn.zst");
    await put("data/feeds/notes.txt");
    await put("data/feeds/inner/deep.dbn");
    await put("data/outside.dbn");
    await put("own/b.dbn");
    await put("own/feed.dbn");
    await put("more/z.dbn");
    await Deno.symlink(join(folder, "data/outside.dbn"), join(folder, "data/feeds/link.dbn"));
    const catalogue = new Catalogue(
      join(folder, "data"),
      join(folder, "own/feed.dbn"),
      join(folder, "more"),
    );
    deepStrictEqual(
      (await catalogue.entries()).map(({ name, path }) => [name, path.slice(folder.length + 1)]),
      [
        ["a.dbn.zst", "data/feeds/a.dbn.zst"],
        ["b.dbn", "data/feeds/b.dbn"],
        ["feed.dbn", "own/feed.dbn"],
        ["z.dbn", "more/z.dbn"],
      ],
    );
    strictEqual((await catalogue.find("b.dbn"))?.bytes, "data/feeds/b.dbn".length);
  });
});

Deno.test("Catalogue.find() refuses every path out of its folders", async () => {
  await withFolder(async (folder) => {
    await Deno.mkdir(join(folder, "feeds/sub"), { recursive: true });
    await Deno.writeTextFile(join(folder, "secret.dbn"), "x");
    await Deno.writeTextFile(join(folder, "feeds/a.dbn"), "x");
    await Deno.writeTextFile(join(folder, "feeds/sub/b.dbn"), "x");
    const catalogue = new Catalogue(folder, "synthetic", "");
    strictEqual((await catalogue.find("a.dbn"))?.name, "a.dbn");
    const refused = [
      "../secret.dbn",
      "..\\secret.dbn",
      "./a.dbn",
      "sub/b.dbn",
      join(folder, "secret.dbn"),
      "a.dbn/",
      "a.dbn\0",
      "%2e%2e/secret.dbn",
      "..",
      ".",
      "",
    ];
    for (const name of refused) strictEqual(await catalogue.find(name), null, name);
  });
});

Deno.test("Catalogue takes a missing folder as empty", async () => {
  const catalogue = new Catalogue("/nowhere/at/all", "/nowhere/feed.dbn", "/nowhere/else");
  deepStrictEqual(await catalogue.entries(), []);
});
