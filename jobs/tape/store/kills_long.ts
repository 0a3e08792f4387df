import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { Xoshiro256 } from "../../../engine/prng/mod.ts";
import { isRaw, type StreamName } from "../../../engine/frames/mod.ts";
import { STREAMS, TapeStore } from "../../../modules/tape/mod.ts";
import { ServerProcess } from "../../testing/server.ts";

/** Kills of the process under test; `KILLS` sets another number. */
const KILLS = Number(Deno.env.get("KILLS") ?? 200);
/** Longest life of a process before it is killed, from its first answer or its first new rows, ms. */
const MAX_LIFE_MS = 2_500;
const SEED = 20_261_129;
const PAGE = 5_000;

const SETTINGS = {
  SYNTHETIC_LOAD: "steady",
  SYNTHETIC_BACKFILL_MINUTES: "1",
  SYNTHETIC_SEED: "77",
};

/** A row's bytes, and the event time at which it went out. */
interface Row {
  readonly text: string;
  readonly ingestTs: number;
}

/** What a store holds of a stream, by the row's place in it. */
type Rows = Map<string, Row>;

async function openStore(dataDir: string): Promise<TapeStore> {
  return await TapeStore.open({ openKv: () => Deno.openKv(join(dataDir, "kv", "tape.sqlite")) });
}

/** All rows of a stream. @throws {AssertionError} When a row is there twice. */
async function rowsOf(store: TapeStore, stream: StreamName): Promise<Rows> {
  const rows: Rows = new Map();
  let from: { readonly ts: number; readonly seq: number } | null = null;
  do {
    const page: Awaited<ReturnType<typeof store.after>> = await store.after(stream, from, {
      limit: PAGE,
    });
    for (const { ts, seq, json, record } of page.stored) {
      const place = `${ts}/${seq}`;
      ok(!rows.has(place), `${stream} ${place} is stored twice`);
      rows.set(place, { text: json, ingestTs: record.ingest_ts });
    }
    from = page.next;
  } while (from !== null);
  return rows;
}

/** Asks a server until its answer is the wanted one. */
async function until(
  server: ServerProcess,
  path: string,
  isDone: (answer: Response) => Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + 300_000;
  while (Date.now() < deadline) {
    const answer = await fetch(`${server.url}${path}`);
    const done = await isDone(answer);
    if (!answer.bodyUsed) await answer.body?.cancel();
    if (done) return;
    await wait(100);
  }
  throw new Error(`${path} does not come after five minutes: ${server.log.slice(-2_000)}`);
}

async function untilReady(server: ServerProcess): Promise<void> {
  await until(server, "/ready", (answer) => Promise.resolve(answer.ok));
}

/** Waits until rows go out that the store does not have: the pipeline has read what lies before. */
async function untilNewRows(server: ServerProcess): Promise<void> {
  await until(server, "/v1/tape", async (answer) => {
    const { phase } = await answer.json();
    return phase === "backfill" || phase === "live";
  });
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Lets the terminal run in a folder and kills it, again and again. @returns The last, running one. */
async function killAgainAndAgain(dataDir: string): Promise<ServerProcess> {
  const random = new Xoshiro256(SEED);
  for (let kill = 1; kill <= KILLS; kill++) {
    const server = await ServerProcess.start({ ...SETTINGS, LOTUS_DATA_DIR: dataDir });
    // One in four dies before it has made anything.
    if (kill % 4 > 0) await untilNewRows(server);
    await wait(random.uniform() * MAX_LIFE_MS);
    await server.kill();
    if (kill % 20 === 0) console.log(`${kill} of ${KILLS} kills`);
  }
  return await ServerProcess.start({ ...SETTINGS, LOTUS_DATA_DIR: dataDir });
}

/** Rows that went out between two times and stand in one of two stores only, or differ: both texts of each. */
function differences(a: Rows, b: Rows, fromTs: number, toTs: number): readonly string[] {
  const found: string[] = [];
  for (const place of new Set([...a.keys(), ...b.keys()])) {
    const [one, other] = [a.get(place), b.get(place)];
    const ts = one?.ingestTs ?? other?.ingestTs ?? 0;
    if (ts < fromTs || ts > toTs || one?.text === other?.text) continue;
    found.push(`${one?.text}\n${other?.text}`);
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
    const compared = { raw: 0, derived: 0 };
    for (const stream of STREAMS.names) {
      const [a, b] = [await rowsOf(stores[0], stream), await rowsOf(stores[1], stream)];
      const found = differences(a, b, fromTs, toTs);
      deepStrictEqual(found.slice(0, 5), [], `${found.length} rows of ${stream}`);
      for (const { ingestTs } of a.values()) {
        if (ingestTs >= fromTs && ingestTs <= toTs) compared[isRaw(stream) ? "raw" : "derived"]++;
      }
    }
    for (const store of stores) {
      strictEqual(store.stats().damaged, 0);
      await store.close();
    }
    const { raw, derived } = compared;
    const seconds = Math.round((toTs - fromTs) / 1_000);
    console.log(`${raw} raw rows and ${derived} derived ones in ${seconds} s, all equal`);
    ok(raw > 1_000 && derived > 100, `${raw} ${derived}`);
  } finally {
    await twin?.kill();
    await victim?.kill();
    await Deno.remove(folder, { recursive: true });
  }
});
