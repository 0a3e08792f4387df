import { join } from "node:path";
import type { StreamName, StreamRecords } from "../../engine/frames/records.ts";
import { storedRows, TapeStore } from "../../modules/tape/mod.ts";
import { createTapeStore } from "../tape/store/mod.ts";
import { NO_TAPE, recordedFeed } from "./quiet_server.ts";
import { ServerProcess } from "./server.ts";
import { sampleTape } from "./tape_records.ts";

/** Rows of every stream that a test's server holds. */
export type Tape = { readonly [S in StreamName]: readonly StreamRecords[S][] };

/** Rows of each stream in {@link withTapeServer}. */
export const ROWS = 90;

/** Runs `fn` with a store in a folder of its own, which goes afterwards. */
export async function withTapeStore(
  fn: (store: TapeStore, folder: string) => Promise<void>,
  options: { readonly windowRows?: number } = {},
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const openKv = () => Deno.openKv(join(folder, "tape.sqlite"));
  const store = await TapeStore.open({ ...options, openKv });
  try {
    await fn(store, folder);
  } finally {
    await store.close();
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * Starts the terminal as a process on a store with a known tape, all generators off.
 *
 * @param fn Gets the server and the rows, ascending, three to an instant.
 */
export async function withTapeServer(
  fn: (server: ServerProcess, tape: Tape) => Promise<void>,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const dataDir = await Deno.makeTempDir();
  const startMs = Math.floor(Date.now() / 1_000) * 1_000 - 3_600_000;
  const tape = sampleTape(ROWS, 700, startMs);
  const store = await createTapeStore({ dataDir });
  await store.append(storedRows(tape));
  await store.seal();
  await store.close();
  const server = await ServerProcess.start({
    LOTUS_DATA_DIR: dataDir,
    ...NO_TAPE,
    ...await recordedFeed(dataDir),
    API_RATE_LIMIT_REST: "0",
    API_RATE_LIMIT_LOOKUP: "0",
    API_CORS_ORIGINS: "https://desk.example",
    ...env,
  });
  try {
    await fn(server, tape);
  } finally {
    await server.kill();
    await Deno.remove(dataDir, { recursive: true });
  }
}
