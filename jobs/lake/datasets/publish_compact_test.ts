import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { join } from "node:path";
import { systemClock } from "../../kit/mod.ts";
import { capturedFolder, captureOptions, marketFile } from "../../testing/captured.ts";
import { withTempDir } from "../../testing/market_files.ts";
import { expandDataset, runCapture } from "../capture/mod.ts";
import { fileSha256 } from "../parquet/mod.ts";
import { addAgents } from "./add_agents.ts";
import { publishDataset } from "./publish.ts";
import { verifyDataset } from "./verify.ts";

const NOW = () => new Date(0);

function names(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

/** Captures ten seconds in compact form. */
async function compactCapture(folder: string, name: string, seed = 7): Promise<string> {
  const dir = join(folder, name);
  const file = await marketFile(folder, 11, seed);
  await runCapture({ ...captureOptions(file, dir), end: "09:30:10", compact: true });
  return dir;
}

Deno.test("publishDataset() makes a read-only base of a compact folder, from which the full form comes", async () => {
  await withTempDir(async (folder) => {
    const sourceDir = await compactCapture(folder, "compact");
    const root = join(folder, "research");
    const options = {
      sourceDir,
      datasetId: "es",
      root,
      agents: [],
      now: NOW,
      form: "compact",
    } as const;
    const result = await publishDataset(options);
    equal(result.status, "published");
    equal(result.experiments_dir, null);
    equal(result.rows["bins"], 99);
    equal(result.rows["keys"], 2 * 101);
    const base = join(root, "vp_immutable/es");
    deepEqual(names(base), [
      "bins.parquet",
      "checksums.json",
      "keys.parquet",
      "manifest.json",
      "publish.log.json",
      "touched.parquet",
    ]);
    equal((Deno.statSync(base).mode ?? 0) & 0o777, 0o555);
    for (const name of names(base)) {
      equal((Deno.statSync(join(base, name)).mode ?? 0) & 0o777, 0o444, name);
    }
    deepEqual(verifyDataset(root, "es").problems, []);
    equal((await publishDataset(options)).status, "unchanged");
    const { dir } = await capturedFolder(folder, "full");
    const outputDir = join(folder, "expanded");
    await expandDataset({ sourceDir: base, outputDir, replace: false, clock: systemClock });
    for (const name of ["bins.parquet", "buckets.parquet", "manifest.json"]) {
      equal(fileSha256(join(outputDir, name)), fileSha256(join(dir, name)), name);
    }
    Deno.chmodSync(base, 0o755);
    Deno.chmodSync(join(base, "keys.parquet"), 0o644);
    Deno.writeTextFileSync(join(base, "keys.parquet"), "x");
    Deno.writeTextFileSync(join(base, "more.txt"), "x");
    deepEqual(verifyDataset(root, "es").problems, [
      "keys.parquet has changed",
      "more.txt is no file of the dataset",
    ]);
    await rejects(publishDataset(options), { code: "damaged" });
  });
});

Deno.test("publishDataset() takes the full form unless told, and either form as it is only", async () => {
  await withTempDir(async (folder) => {
    const compact = await compactCapture(folder, "compact");
    const { dir: full } = await capturedFolder(folder, "full");
    const root = join(folder, "research");
    const options = { datasetId: "es", root, agents: [], now: NOW };
    const refused = (more: Partial<Parameters<typeof publishDataset>[0]>, text: RegExp) =>
      rejects(publishDataset({ ...options, sourceDir: compact, ...more }), (error: Error) => {
        match(error.message, text);
        return true;
      });
    await refused({}, /in full as it is in compact form: expand it first, or use --compact/);
    await refused({ sourceDir: full, form: "compact" }, /capture it with --compact/);
    await refused({ form: "compact", agents: ["eda"] }, /holds no projections: expand it first/);
    await publishDataset({ ...options, sourceDir: full });
    await refused({ form: "compact" }, /was published with other content/);
    await publishDataset({ ...options, sourceDir: compact, datasetId: "small", form: "compact" });
    const other = await compactCapture(folder, "other", 8);
    await refused({ sourceDir: other, datasetId: "small", form: "compact" }, /other content/);
    await rejects(addAgents({ datasetId: "small", root, agents: ["eda"], now: NOW }), {
      code: "form",
    });
    deepEqual(names(join(root, "vp_experiments")), ["es"]);
    for (const id of ["es", "small"]) Deno.chmodSync(join(root, "vp_immutable", id), 0o755);
  });
});
