import { deepStrictEqual, match, ok, rejects, strictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import { capturedFolder } from "../../testing/captured.ts";
import { withTempDir } from "../../testing/market_files.ts";
import { parquetRows } from "../../testing/parquet_rows.ts";
import { addAgents } from "./add_agents.ts";
import { agentNames } from "./names.ts";
import { publishDataset } from "./publish.ts";
import { verifyDataset } from "./verify.ts";

const NOW = () => new Date(0);

function names(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

/** Everything below a folder, and what its files hold. */
function contents(folder: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const entry of Deno.readDirSync(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) {
      for (const [name, text] of contents(path)) found.set(join(entry.name, name), text);
    } else {
      found.set(
        entry.name,
        entry.isSymlink ? Deno.readLinkSync(path) : Deno.readTextFileSync(path),
      );
    }
  }
  return found;
}

Deno.test("publishDataset() splits a capture into a read-only base and a store with workspaces", async () => {
  await withTempDir(async (folder) => {
    const { dir } = await capturedFolder(folder, "es");
    const root = join(folder, "research");
    const options = { sourceDir: dir, datasetId: null, root, agents: ["eda", "regime"], now: NOW };
    const result = await publishDataset(options);
    strictEqual(result.dataset_id, "es");
    deepStrictEqual(result.rows, { bins: 99, grid_clean: 9_999, projection_seed: 9_999 });
    const base = join(root, "vp_immutable/es");
    const store = join(root, "vp_experiments/es");
    deepStrictEqual(names(base), [
      "bins.parquet",
      "checksums.json",
      "grid_clean.parquet",
      "manifest.json",
      "publish.log.json",
    ]);
    strictEqual((Deno.statSync(base).mode ?? 0) & 0o777, 0o555);
    for (const name of names(base)) {
      strictEqual((Deno.statSync(join(base, name)).mode ?? 0) & 0o777, 0o444, name);
    }
    deepStrictEqual(names(store), [
      "agents",
      "manifest.json",
      "projection_seed.parquet",
      "publish.log.json",
    ]);
    await checkSplit(dir, base, store);
    const work = join(store, "agents/eda");
    deepStrictEqual(names(work), ["data", "outputs"]);
    strictEqual(
      Deno.realPathSync(join(work, "data/base_immutable")),
      Deno.realPathSync(base),
    );
    const copy = join(work, "data/projection_experiment.parquet");
    deepStrictEqual(
      Deno.readFileSync(copy),
      Deno.readFileSync(join(store, "projection_seed.parquet")),
    );
    strictEqual((Deno.statSync(copy).mode ?? 0) & 0o200, 0o200);
    deepStrictEqual(verifyDataset(root, "es").problems, []);
    Deno.chmodSync(base, 0o755);
  });
});

/** The two halves joined by their keys are what was captured. */
async function checkSplit(dir: string, base: string, store: string): Promise<void> {
  const [all, grid, seed] = await Promise.all([
    parquetRows(join(dir, "buckets.parquet")),
    parquetRows(join(base, "grid_clean.parquet")),
    parquetRows(join(store, "projection_seed.parquet")),
  ]);
  ok(Object.keys(grid[0] ?? {}).every((name) => !name.startsWith("proj_score_h")));
  deepStrictEqual(Object.keys(seed[0] ?? {}).slice(0, 4), [
    "ts_ns",
    "bin_seq",
    "k",
    "proj_score_h100",
  ]);
  strictEqual(grid.length, all.length);
  for (let i = 0; i < all.length; i += 97) deepStrictEqual({ ...grid[i], ...seed[i] }, all[i]);
  deepStrictEqual(
    Deno.readFileSync(join(base, "bins.parquet")),
    Deno.readFileSync(join(dir, "bins.parquet")),
  );
}

Deno.test("publishDataset() answers for an id that is taken, and is the same bytes elsewhere", async () => {
  await withTempDir(async (folder) => {
    const one = (await capturedFolder(folder, "one")).dir;
    const two = (await capturedFolder(folder, "two", 8)).dir;
    const publish = (sourceDir: string, root: string, at = 0) =>
      publishDataset({
        sourceDir,
        datasetId: "set",
        root: join(folder, root),
        agents: ["a"],
        now: () => new Date(at),
      });
    strictEqual((await publish(one, "r1")).status, "published");
    strictEqual((await publish(one, "r1")).status, "unchanged");
    await rejects(publish(two, "r1"), /published with other content/);
    strictEqual((await publish(one, "r2", 1e12)).status, "published");
    const first = contents(join(folder, "r1"));
    const second = contents(join(folder, "r2"));
    deepStrictEqual([...first.keys()], [...second.keys()]);
    for (const [path, text] of first) {
      strictEqual(text === second.get(path), !path.endsWith("publish.log.json"), path);
    }
    for (const root of ["r1", "r2"]) Deno.chmodSync(join(folder, root, "vp_immutable/set"), 0o755);
  });
});

Deno.test("publishDataset() leaves nothing when it fails, and clears what a killed one left", async () => {
  await withTempDir(async (folder) => {
    const { dir } = await capturedFolder(folder, "es");
    const root = join(folder, "research");
    const options = { sourceDir: dir, datasetId: "set", root, agents: ["a"], now: NOW };
    // The store cannot be built behind a link to nowhere; the base is built by then.
    await Deno.mkdir(root);
    await Deno.symlink(join(folder, "nowhere"), join(root, "vp_experiments"));
    await rejects(publishDataset(options));
    deepStrictEqual(names(join(root, "vp_immutable")), []);
    await Deno.remove(join(root, "vp_experiments"));
    // Killed before and between the two renames.
    for (const left of ["vp_immutable/.publishing-set", "vp_experiments/.publishing-set"]) {
      await Deno.mkdir(join(root, left), { recursive: true });
      await Deno.writeTextFile(join(root, left, "half.parquet"), "x");
    }
    await Deno.mkdir(join(root, "vp_experiments/set"));
    await Deno.writeTextFile(join(root, "vp_experiments/set/PUBLISHING.json"), "{}");
    strictEqual((await publishDataset(options)).status, "published");
    deepStrictEqual(names(join(root, "vp_immutable")), ["set"]);
    deepStrictEqual(names(join(root, "vp_experiments")), ["set"]);
    ok(!names(join(root, "vp_experiments/set")).includes("PUBLISHING.json"));
    Deno.chmodSync(join(root, "vp_immutable/set"), 0o755);
  });
});

Deno.test("publishDataset() refuses a source that is missing, partial or changed", async () => {
  await withTempDir(async (folder) => {
    const { dir } = await capturedFolder(folder, "es");
    const root = join(folder, "research");
    const publish = (more: { sourceDir?: string; datasetId?: string; agents?: string[] } = {}) =>
      publishDataset({ sourceDir: dir, datasetId: "set", root, agents: [], now: NOW, ...more });
    await rejects(publish({ sourceDir: join(folder, "none") }), /Cannot find the folder/);
    await rejects(publish({ sourceDir: root }), /Cannot find the folder/);
    await rejects(publish({ datasetId: "a/b" }), { code: "bad_name" });
    await rejects(publish({ agents: [".."] }), { code: "bad_name" });
    const grid = join(dir, "buckets.parquet");
    const bytes = await Deno.readFile(grid);
    bytes[5_000]! ^= 1;
    await Deno.writeFile(grid, bytes);
    await rejects(publish(), /buckets\.parquet is not what its manifest says/);
    await Deno.remove(grid);
    await Deno.remove(join(dir, "manifest.json"));
    await rejects(publish(), /lacks buckets\.parquet, manifest\.json/);
    deepStrictEqual(
      ["vp_immutable", "vp_experiments"].filter((name) => names(folder).includes(name)),
      [],
    );
  });
});

Deno.test("verifyDataset() names the file that changed, went or came", async () => {
  await withTempDir(async (folder) => {
    const { dir } = await capturedFolder(folder, "es");
    const root = join(folder, "research");
    await publishDataset({ sourceDir: dir, datasetId: "set", root, agents: [], now: NOW });
    const base = join(root, "vp_immutable/set");
    Deno.chmodSync(base, 0o755);
    const changed = (name: string, at: number) => {
      Deno.chmodSync(join(base, name), 0o644);
      const bytes = Deno.readFileSync(join(base, name));
      bytes[at]! ^= 1;
      Deno.writeFileSync(join(base, name), bytes);
    };
    for (const name of ["grid_clean.parquet", "bins.parquet", "manifest.json"]) {
      changed(name, 100);
      deepStrictEqual(verifyDataset(root, "set").problems, [`${name} has changed`]);
      changed(name, 100);
      strictEqual(verifyDataset(root, "set").ok, true);
    }
    Deno.writeTextFileSync(join(base, "notes.txt"), "mine");
    Deno.removeSync(join(base, "bins.parquet"));
    deepStrictEqual(verifyDataset(root, "set").problems, [
      "bins.parquet is missing",
      "notes.txt is no file of the dataset",
    ]);
    throws(() => verifyDataset(root, "other"), { code: "missing" });
    throws(() => verifyDataset(root, "../set"), { code: "bad_name" });
  });
});

Deno.test("addAgents() adds all workspaces or none", async () => {
  await withTempDir(async (folder) => {
    const { dir } = await capturedFolder(folder, "es");
    const root = join(folder, "research");
    await publishDataset({ sourceDir: dir, datasetId: "set", root, agents: ["a"], now: NOW });
    const add = (...agents: string[]) => addAgents({ datasetId: "set", root, agents, now: NOW });
    const added = await add("b", "c");
    deepStrictEqual(Object.keys(added.agent_workspaces), ["a", "b", "c"]);
    const agents = join(root, "vp_experiments/set/agents");
    await rejects(add("d", "b"), /"b" as it exists/);
    await rejects(add(), { code: "bad_name" });
    await rejects(addAgents({ datasetId: "no", root, agents: ["a"], now: NOW }), {
      code: "missing",
    });
    deepStrictEqual(names(agents), ["a", "b", "c"]);
    const log = Deno.readTextFileSync(join(root, "vp_experiments/set/publish.log.json"));
    match(log, /updated_at_utc/);
    strictEqual(verifyDataset(root, "set").ok, true);
    Deno.chmodSync(join(root, "vp_immutable/set"), 0o755);
  });
});

Deno.test("agentNames() trims, keeps order and each name once", () => {
  deepStrictEqual(agentNames(" eda, regime,eda ,,x1"), ["eda", "regime", "x1"]);
  for (const bad of ["a/b", ".", "..", "a b"]) throws(() => agentNames(bad), { code: "bad_name" });
});
