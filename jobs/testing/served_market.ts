import { storedRows } from "../../modules/tape/mod.ts";
import { createTapeStore } from "../tape/store/mod.ts";
import { PATIENCE_MS } from "./patience.ts";
import { recordedFeed } from "./quiet_server.ts";
import { ServerProcess } from "./server.ts";
import { sampleTape } from "./tape_records.ts";

/** Settings of a terminal on the embedded market. */
type Settings = Readonly<Record<string, string>>;

/** Settings that leave the tapes away: what no test looks at costs no start. */
export const NO_TAPES: Settings = {
  OPTIONS_INGEST_ADAPTER: "off",
  EQUITIES_INGEST_ADAPTER: "off",
};

/** Settings with the operators' drawer on the pages. */
export const OPERATED: Settings = {
  SYNTHETIC_CONTROL_ENABLED: "1",
  SYNTHETIC_ADMIN_TOKEN: "a-token-of-thirty-characters-x",
  LOTUS_PUBLIC_SYNTHETIC_ADMIN: "1",
};

/**
 * Candles of lengths that begin within what the tape is made from anyway: those of a quarter of an hour, which
 * operators have by default, let a start make up to six minutes more.
 */
export const SHORT_CANDLES: Settings = { CANDLE_INTERVALS_MS: "60000,300000" };

/** Minutes of tape made before the start, 0…120. */
export function minutesOfTape(minutes: number): Settings {
  return { SYNTHETIC_BACKFILL_MINUTES: `${minutes}` };
}

/** How long the making of a past is waited for, ms; of all that tests wait for this alone takes long. */
const MAKING_MS = 6 * PATIENCE_MS;
const LOOK_EVERY_MS = 100;

/** A terminal that tests share. */
export interface SharedMarket {
  readonly server: ServerProcess;
  readonly url: string;
  /** Its data folder. */
  readonly data: string;
}

/**
 * One terminal, a process of its own on a folder that goes afterwards, for all tests of a file: a start
 * costs seconds of processor time. It starts for the first test that asks, and ends after the last one,
 * when no page is left that would miss it.
 */
export function sharedMarket(
  settings: Settings | ((data: string) => Promise<Settings>),
): () => Promise<SharedMarket> {
  let shared: Promise<SharedMarket> | null = null;
  const start = async () => {
    const data = await Deno.makeTempDir({ prefix: "lotus_test_" });
    const more = typeof settings === "function" ? await settings(data) : settings;
    const server = await ServerProcess.start({ LOTUS_DATA_DIR: data, ...more });
    return { server, url: server.url, data };
  };
  Deno.test.afterAll(async () => {
    if (shared === null) return;
    const { server, data } = await shared;
    await server.kill();
    await Deno.remove(data, { recursive: true });
  });
  return () => shared ??= start();
}

/** Rows of each stream in {@link stillMarket}, and how far they lie apart, ms: half a minute of tape. */
const STILL_ROWS = 240;
const STILL_STEP_MS = 375;

/**
 * A shared terminal whose panes are full and stand still: its tape is stored and ends at the start, its order
 * book is a recording. For tests of what pages look like and where it stands: a market that is made costs
 * twenty times as much processor time, and pages that draw it as much again.
 */
export function stillMarket(settings: Settings = {}): () => Promise<SharedMarket> {
  return sharedMarket(async (data) => {
    const store = await createTapeStore({ dataDir: data });
    const startMs = Date.now() - Math.ceil(STILL_ROWS / 3) * STILL_STEP_MS;
    await store.append(storedRows(sampleTape(STILL_ROWS, STILL_STEP_MS, startMs)));
    await store.close();
    return { ...NO_TAPES, ...await recordedFeed(data), ...settings };
  });
}

/** Waits until the past is made: a page that waited with the market would draw all of it meanwhile. */
export async function made(server: ServerProcess): Promise<void> {
  const endMs = performance.now() + MAKING_MS;
  while (true) {
    const response = await fetch(`${server.url}/ready`);
    const told = await response.text();
    if (response.ok) return;
    if (performance.now() > endMs) throw new Error(`Still not ready: ${told}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** Rows of an answer of the API. */
export async function rowsAt(url: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const { data } = await response.json();
  return data;
}
