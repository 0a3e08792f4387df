import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { Xoshiro256 } from "../../../engine/prng/mod.ts";
import { isRaw, type StreamName } from "../../../engine/frames/mod.ts";
import { STREAMS, TapeStore } from "../../../modules/tape/mod.ts";
import { ServerProcess } from "../../testing/server.ts";

/** Kills of the process under test; `KILLS` sets another number. */
const KILLS = Number(Deno.env.get("KILLS") ?? 200);
/** Longest life of a process before it is killed, from its first answer, ms. */
const MAX_LIFE_MS = 2_500;
const SEED = 20_261_129;
const PAGE = 5_000;

const SETTINGS = {
  SYNTHETIC_LOAD: "active",
  SYNTHETIC_BACKFILL_MINUTES: "1",
  SYNTHETIC_SEED: "77",
};

/** What a store holds of a stream: the text of every row by the row's place in the stream. */
type Rows = Map<string, string>;

/**
 * What an option print has beyond its report: quotes of the moment, as far back as the process has read.
 * A process that began later knows fewer of the old ones, and so says "missing" where another says "stale".
 */
const JOINED = /^(execution_(nbbo|underlying)|nbbo_side|signal_)/;

/** The text of a row as its generator made it. */
function reported(stream: StreamName, row: object): string {
  if (stream !== "options") return JSON.stringify(row);
  return JSON.stringify(Object.entries(row).filter(([name]) => !JOINED.test(name)));
}

async function openStore(dataDir: string): Promise<TapeStore> {
  return await TapeStore.open({ openKv: () => Deno.openKv(join(dataDir, "kv", "tape.sqlite")) });
}

/** All rows of a stream. @throws {AssertionError} When a row is there twice. */
async function rowsOf(store: TapeStore, stream: StreamName, whole = false): Promise<Rows> {
  const rows: Rows = new Map();
  let from: { readonly ts: number; readonly seq: number } | null = null;
  do {
    const page: Awaited<ReturnType<typeof store.after>> = await store.after(stream, from, {
      limit: PAGE,
    });
    for (const row of page.rows) {
      const place = `${"ts" in row ? row.ts : row.source_ts}/${row.seq}`;
      ok(!rows.has(place), `${stream} ${place} is stored twice`);
      rows.set(place, whole ? JSON.stringify(row) : reported(stream, row));
    }
    from = page.next;
  } while (from !== null);
  return rows;
}

async function untilReady(server: ServerProcess): Promise<void> {
  const deadline = Date.now() + 300_000;
  while (Date.now() < deadline) {
    const answer = await fetch(`${server.url}/ready`);
    await answer.body?.cancel();
    if (answer.ok) return;
    await wait(200);
  }
  throw new Error(`The server is not ready after five minutes: ${server.log.slice(-2_000)}`);
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Lets the terminal run in a folder and kills it, again and again. @returns The last, running one. */
async function killAgainAndAgain(dataDir: string): Promise<ServerProcess> {
  const random = new Xoshiro256(SEED);
  for (let kill = 1; kill <= KILLS; kill++) {
    const server = await ServerProcess.start({ ...SETTINGS, LOTUS_DATA_DIR: dataDir });
    await wait(random.uniform() * MAX_LIFE_MS);
    await server.kill();
    if (kill % 20 === 0) console.log(`${kill} of ${KILLS} kills`);
  }
  return await ServerProcess.start({ ...SETTINGS, LOTUS_DATA_DIR: dataDir });
}

/** Rows between two times that stand in one of two stores only, or differ: both texts of each. */
function differences(a: Rows, b: Rows, fromTs: number, toTs: number): readonly string[] {
  const found: string[] = [];
  for (const place of new Set([...a.keys(), ...b.keys()])) {
    const ts = Number(place.split("/")[0]);
    const [one, other] = [a.get(place), b.get(place)];
    if (ts >= fromTs && ts <= toTs && one !== other) found.push(`${one}\n${other}`);
  }
  return found;
}

Deno.test(`a tape that was killed ${KILLS} times equals one that was not`, async () => {
  const folder = await Deno.makeTempDir({ prefix: "lotus-kills-" });
  const [whole, killed] = [join(folder, "whole"), join(folder, "killed")];
  let twin: ServerProcess | null = null;
  let victim: ServerProcess | null = null;
  try {
    twin = await ServerProcess.start({ ...SETTINGS, LOTUS_DATA_DIR: whole });
    await untilReady(twin);
    const fromTs = Date.now();
    victim = await killAgainAndAgain(killed);
    const toTs = Date.now();
    await untilReady(victim);
    strictEqual((await twin.stop("SIGTERM")).code, 0);
    strictEqual((await victim.stop("SIGTERM")).code, 0);
    const stores = [await openStore(whole), await openStore(killed)] as const;
    let compared = 0;
    for (const stream of STREAMS.names) {
      const [a, b] = [await rowsOf(stores[0], stream), await rowsOf(stores[1], stream)];
      if (!isRaw(stream)) continue;
      const found = differences(a, b, fromTs, toTs);
      deepStrictEqual(found.slice(0, 5), [], `${found.length} rows of ${stream}`);
      compared += a.size;
    }
    const joined = differences(
      await rowsOf(stores[0], "options", true),
      await rowsOf(stores[1], "options", true),
      fromTs,
      toTs,
    );
    console.log(`${joined.length} option prints with another old quote beside them`);
    for (const store of stores) {
      strictEqual(store.stats().damaged, 0);
      await store.close();
    }
    console.log(`${compared} raw rows in ${Math.round((toTs - fromTs) / 1_000)} s, all equal`);
    ok(compared > 1_000, String(compared));
  } finally {
    await twin?.kill();
    await victim?.kill();
    await Deno.remove(folder, { recursive: true });
  }
});
