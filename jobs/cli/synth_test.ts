import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { CommanderError } from "commander";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { decodeDbn } from "../../engine/dbn/mod.ts";
import { TapeAudit } from "../../engine/tape/futures/mod.ts";
import { synthCommand } from "./synth.ts";
import { measureRealism } from "./synth_report.ts";

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "synth-" });
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Runs the command and returns what it printed to standard output. */
async function synth(...args: string[]): Promise<string> {
  const lines: string[] = [];
  const log = console.log;
  console.log = (line: string) => lines.push(line);
  try {
    const command = synthCommand();
    for (const each of [command, ...command.commands]) {
      each.configureOutput({ writeErr: () => {}, writeOut: () => {} });
    }
    await command.parseAsync(args, { from: "user" });
  } finally {
    console.log = log;
  }
  return lines.join("\n");
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

Deno.test("synthCommand() mbo writes the same file every time, compressed or not", async () => {
  await inFolder(async (folder) => {
    const flags = ["mbo", "--seed", "7", "--minutes", "1", "--regime", "trend_up", "--json"];
    const results: { records: number; sha256: string; contentSha256: string; bytes: number }[] = [];
    for (const name of ["a.dbn", "b.dbn", "c.dbn.zst", "d.dbn.zst"]) {
      const file = join(folder, name);
      const result = JSON.parse(await synth(...flags, "--out", file));
      const bytes = await Deno.readFile(file);
      equal(result.file, file);
      equal(result.bytes, bytes.length);
      equal(result.sha256, sha256(bytes));
      results.push(result);
    }
    equal(new Set(results.map(({ contentSha256 }) => contentSha256)).size, 1);
    equal(results[0]!.sha256, results[0]!.contentSha256);
    equal(results[2]!.sha256, results[3]!.sha256);
    ok(results[2]!.bytes < results[0]!.bytes / 2);
    deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), [
      "a.dbn",
      "b.dbn",
      "c.dbn.zst",
      "d.dbn.zst",
    ]);
  });
});

Deno.test("synthCommand() mbo writes a file that the codec reads and the audit passes", async () => {
  await inFolder(async (folder) => {
    const file = join(folder, "market.dbn.zst");
    const start = "2026-01-06T09:29:00-05:00";
    const text = await synth("mbo", "--minutes", "1", "--start", start, "--out", file);
    const startNs = BigInt(Date.parse(start)) * 1_000_000n;
    const audit = new TapeAudit(startNs, 250_000_000);
    let dataset = "";
    let mapped: unknown;
    const counters = await decodeDbn([await Deno.readFile(file)], {
      onMetadata(metadata) {
        dataset = metadata.dataset;
        mapped = metadata.mappings;
        equal(metadata.version, 3);
        equal(metadata.startNs, startNs);
        equal(metadata.endNs, startNs + 60_000_000_000n);
        deepEqual(metadata.symbols, ["ESH6"]);
      },
      onMbo(block) {
        audit.read(block);
      },
    });
    equal(dataset, "LOTUS.SYNTH");
    deepEqual(mapped, [{
      rawSymbol: "ESH6",
      intervals: [{ startDate: 20260106, endDate: 20260107, symbol: "4916" }],
    }]);
    ok(text.includes(`${counters.records} records`), text);
    ok(audit.counts.events > 10_000);
  });
});

Deno.test("synthCommand() ends on wrong usage with code 2 and writes nothing", async () => {
  await inFolder(async (folder) => {
    const out = ["--out", join(folder, "x.dbn")];
    const wrong = [
      ["mbo"],
      ["mbo", "--out", join(folder, "x.txt")],
      ["mbo", ...out, "--minutes", "0"],
      ["mbo", ...out, "--seed", "-1"],
      ["mbo", ...out, "--regime", "calm"],
      ["mbo", ...out, "--preset", "calm"],
      ["mbo", ...out, "--start", "2026-01-06"],
      ["mbo", ...out, "--colour"],
    ];
    for (const args of wrong) {
      await rejects(synth(...args), (error) => {
        return error instanceof CommanderError && error.exitCode === 2;
      }, args.join(" "));
    }
    deepEqual([...Deno.readDirSync(folder)], []);
  });
});

Deno.test("synthCommand() mbo leaves nothing behind and sets code 1 when the disk refuses", async () => {
  await inFolder(async (folder) => {
    const error = console.error;
    const said: string[] = [];
    console.error = (line: string) => said.push(line);
    const target = join(folder, "taken.dbn");
    await Deno.mkdir(join(target, "full"), { recursive: true });
    try {
      await synth("mbo", "--minutes", "1", "--out", target);
      equal(Deno.exitCode, 1);
    } finally {
      Deno.exitCode = 0;
      console.error = error;
    }
    equal(said.length, 1);
    deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["taken.dbn"]);
  });
});

Deno.test("measureRealism() finds its targets held in a short market", () => {
  const rows = measureRealism({ seeds: [1], minutes: 2 });
  // Two minutes hold one or two regimes: only what does not need the whole mix is judged here.
  const judged = rows.filter(({ quantity }) => !/kurtosis|autocorrelation|\/ /.test(quantity));
  ok(judged.length >= 5);
  for (const row of judged) equal(row.holds, true, `${row.quantity}: ${row.measured}`);
});

Deno.test("lotus synth mbo tells its defaults, the start among them", () => {
  const [mbo] = synthCommand().commands;
  match(mbo?.helpInformation() ?? "", /default: 2026-01-06T14:29:00Z/);
});
