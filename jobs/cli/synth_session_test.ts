import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { tableFromIPC } from "apache-arrow";
import { CommanderError } from "commander";
import { createHash } from "node:crypto";
import { join, relative } from "node:path";
import { decodeDbn, SymbolMap } from "../../engine/dbn/mod.ts";
import { SessionAudit } from "../../engine/tape/session/mod.ts";
import { measureSessions } from "./session_report.ts";
import { synthCommand } from "./synth.ts";

const START_NS = 1_767_709_740_000_000_000n; // 2026-01-06 09:29 New York
const RAW = "raw/source=synthetic";
const FUTURES = "product_type=future_mbo/symbol=ES/table=market_by_order_dbn";
const OPTIONS = "product_type=future_option_mbo/symbol=ES/table=market_by_order_dbn";
const NAMES = {
  future: `${RAW}/${FUTURES}/ESH6.20260106.mbo.dbn`,
  options: `${RAW}/${OPTIONS}/ES0DTE.20260106.mbo.dbn`,
  definition: `${RAW}/dataset=definition/ES.20260106.definition.dbn`,
  statistics:
    `${RAW}/product_type=future_option_mbo/symbol=ES/table=statistics/ES.20260106.statistics.dbn`,
  truth: `${RAW}/dataset=truth/truth.20260106.arrow`,
} as const;

interface Result {
  readonly path: string;
  readonly records: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly contentSha256: string;
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "session-" });
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Runs the command and returns what it printed to standard output. */
async function session(...args: string[]): Promise<string> {
  const lines: string[] = [];
  const log = console.log;
  console.log = (line: string) => lines.push(line);
  try {
    const command = synthCommand();
    for (const each of [command, ...command.commands]) {
      each.configureOutput({ writeErr: () => {}, writeOut: () => {} });
    }
    await command.parseAsync(["session", ...args], { from: "user" });
  } finally {
    console.log = log;
  }
  return lines.join("\n");
}

async function files(...args: string[]): Promise<Result[]> {
  return JSON.parse(await session(...args, "--json")).files;
}

function filesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) =>
    isDirectory ? filesIn(join(folder, name)) : [join(folder, name)]
  );
}

Deno.test("sessionCommand() writes the same files every time, compressed or not", async () => {
  await inFolder(async (folder) => {
    const flags = ["--seed", "7", "--minutes", "1", "--preset", "event_day"];
    const [a, b, c] = ["a", "b", "c"].map((name) => join(folder, name));
    const plain = await files(...flags, "--out", a!);
    deepEqual(plain.map(({ path }) => relative(a!, path)).sort(), Object.values(NAMES).sort());
    for (const { path, bytes, sha256, contentSha256 } of plain) {
      const content = await Deno.readFile(path);
      equal(bytes, content.length);
      equal(sha256, createHash("sha256").update(content).digest("hex"));
      equal(sha256, contentSha256);
    }
    const again = await files(...flags, "--out", b!);
    deepEqual(again.map(({ sha256 }) => sha256), plain.map(({ sha256 }) => sha256));
    const packed = await files(...flags, "--out", c!, "--zstd");
    deepEqual(
      packed.map(({ contentSha256 }) => contentSha256),
      plain.map(({ sha256 }) => sha256),
    );
    ok(packed.slice(0, 2).every(({ bytes }, i) => bytes < plain[i]!.bytes / 2));
  });
});

Deno.test("sessionCommand() keeps one file of a day, and nothing half written", async () => {
  await inFolder(async (folder) => {
    await session("--minutes", "1", "--out", folder);
    await session("--minutes", "1", "--out", folder, "--zstd");
    const packed = Object.values(NAMES)
      .map((name) => name.endsWith(".dbn") ? `${name}.zst` : name);
    deepEqual(filesIn(folder).map((path) => relative(folder, path)).sort(), packed.sort());
  });
});

Deno.test("sessionCommand() writes files whose records and symbols the codec reads", async () => {
  await inFolder(async (folder) => {
    const args = ["--from", "09:29", "--to", "09:30", "--out", folder, "--zstd"];
    const results = await files(...args);
    const audit = new SessionAudit(START_NS);
    const symbols = new Map<number, string>();
    const written: Record<string, number> = {};
    for (const { path, records } of results) {
      if (path.endsWith(".arrow")) continue;
      let map: SymbolMap | null = null;
      let count = 0;
      await decodeDbn([await Deno.readFile(path)], {
        onMetadata(metadata) {
          deepEqual([metadata.version, metadata.dataset], [3, "LOTUS.SYNTH"]);
          deepEqual([metadata.startNs, metadata.endNs], [START_NS, START_NS + 60_000_000_000n]);
          map = new SymbolMap(metadata);
          equal(map.instrumentIds().length, metadata.symbols.length);
          for (const id of map.instrumentIds()) {
            const name = map.at(START_NS, id)!;
            ok([undefined, name].includes(symbols.get(id)), `${id} is ${name}`);
            symbols.set(id, name);
          }
        },
        onMbo(block) {
          audit.read(block);
          count += block.count;
        },
        onRecord(view) {
          count++;
          ok(symbols.has(view.instrumentId));
          equal(view.get("ts_recv"), START_NS - 3_540_000_000_000n); // an hour before the open
          if (view.record === "definition") {
            equal(view.get("raw_symbol"), symbols.get(view.instrumentId));
          }
          const kind = view.record === "statistics" ? view.get("stat_type") : "definition";
          written[`${kind}`] = (written[`${kind}`] ?? 0) + 1;
        },
      });
      equal(count, records, path);
    }
    deepEqual([symbols.size, symbols.get(4_916), symbols.get(700_061)], [
      123,
      "ESH6",
      "E1BF6 P6950",
    ]);
    deepEqual(written, { definition: 123, "3": 123, "9": 122 });
    ok(audit.future.counts.events > 10_000);
    ok(audit.options.reduce((sum, { counts }) => sum + counts.events, 0) > 5_000);
  });
});

Deno.test("sessionCommand() defines options as the exchange does", async () => {
  await inFolder(async (folder) => {
    await session("--minutes", "1", "--out", folder);
    const rows: Record<string, unknown>[] = [];
    await decodeDbn([await Deno.readFile(join(folder, NAMES.definition))], {
      onRecord: (view) => void rows.push(view.toRecord()),
    });
    const put = rows.find(({ raw_symbol }) => raw_symbol === "E1BF6 P6950")!;
    const want = {
      instrument_class: "P",
      security_type: "OOF",
      underlying: "ESH6",
      underlying_id: 4_916,
      strike_price: "6950000000000",
      expiration: "1767733200000000000",
      min_price_increment: "50000000",
      unit_of_measure: "IPNT",
      unit_of_measure_qty: "50000000000",
      currency: "USD",
      exchange: "XCME",
      asset: "E1B",
      group: "E1B",
      activation: "18446744073709551615",
    };
    deepEqual(Object.fromEntries(Object.keys(want).map((name) => [name, put[name]])), want);
    const future = rows[0]!;
    deepEqual([future["raw_symbol"], future["security_type"]], ["ESH6", "FUT"]);
    // 20 March 2026, 09:30 New York
    equal(future["expiration"], `${BigInt(Date.parse("2026-03-20T13:30:00Z")) * 1_000_000n}`);
  });
});

Deno.test("sessionCommand() writes what is true ten times a second", async () => {
  await inFolder(async (folder) => {
    await session("--minutes", "2", "--out", folder);
    const table = tableFromIPC(await Deno.readFile(join(folder, NAMES.truth)));
    equal(table.numRows, 1_200);
    const row = table.get(1_199)!.toJSON();
    equal(row["ts_ns"], START_NS + 119_900_000_000n);
    equal(row["phase"], "open");
    ok(row["atm_iv"] > 0.1 && row["atm_iv"] < 0.25);
    ok(Math.abs(row["latent_ticks"] - 27_801) < 100);
    ok(row["skew"] < -0.1 && row["volatility"] > 0.5);
  });
});

Deno.test("sessionCommand() ends on wrong usage with code 2 and writes nothing", async () => {
  await inFolder(async (folder) => {
    const wrong = [
      ["--minutes", "0"],
      ["--seed", "-1"],
      ["--preset", "calm"],
      ["--dt", "2026-01-04"], // a Sunday
      ["--dt", "2026-13-01"],
      ["--from", "9:30"],
      ["--from", "16:00"],
      ["--from", "10:00", "--to", "09:59"],
      ["--to", "10:00", "--minutes", "3"],
      ["--colour"],
    ];
    for (const args of wrong) {
      await rejects(session("--out", folder, ...args), (error) => {
        return error instanceof CommanderError && error.exitCode === 2;
      }, args.join(" "));
    }
    deepEqual([...Deno.readDirSync(folder)], []);
  });
});

Deno.test("sessionCommand() leaves nothing behind and sets code 1 when the disk refuses", async () => {
  await inFolder(async (folder) => {
    const error = console.error;
    const said: string[] = [];
    console.error = (line: string) => said.push(line);
    await Deno.mkdir(join(folder, NAMES.statistics, "full"), { recursive: true });
    try {
      await session("--minutes", "1", "--out", folder);
      equal(Deno.exitCode, 1);
    } finally {
      Deno.exitCode = 0;
      console.error = error;
    }
    equal(said.length, 1);
    ok(filesIn(folder).every((path) => !path.includes(".part-")));
  });
});

Deno.test("measureSessions() finds the targets of quotes held in a short market", () => {
  const rows = measureSessions({ seeds: [2], minutes: 1 });
  // A minute holds one regime or two: only what does not need the whole mix is judged here.
  const judged = rows.filter(({ quantity }) =>
    /^(records|option|share of option|pairs)/.test(quantity)
  );
  equal(judged.length, 4);
  for (const row of judged) equal(row.holds, true, `${row.quantity}: ${row.measured}`);
});
