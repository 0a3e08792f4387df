import { join } from "node:path";
import type { Config } from "../../../config.ts";
import { type LostStretch, TAPE_FORMAT, TapeStore } from "../../../modules/tape/mod.ts";
import { causeText } from "../../../modules/kit/mod.ts";
import { DataFolderError, type Logger, prepareKv } from "../../kit/mod.ts";

type StoreConfig = Pick<Config, "dataDir">;

function pathOf(config: StoreConfig): string {
  return join(config.dataDir, "kv", "tape.sqlite");
}

const ADVICE = "closed sessions stay in lake/tape";

/** A line for every stored value that cannot be read. */
function damageLine(log: Logger | null): (lost: LostStretch) => void {
  return ({ stream, from_ts, to_ts }) =>
    log?.warn("tape_chunk_damaged", { stream: stream ?? "log", from_ts, to_ts });
}

/**
 * Opens the store of the tapes, `kv/tape.sqlite` in the data folder, for the process that writes to it: a
 * database of an older release is migrated first, and a copy of it kept.
 *
 * @throws {DataFolderError} When the database cannot be used.
 */
export async function createTapeStore(
  config: StoreConfig,
  log: Logger | null = null,
): Promise<TapeStore> {
  const path = pathOf(config);
  const openKv = await prepareKv({
    path,
    format: TAPE_FORMAT,
    advice: ADVICE,
    onProgress: (line) => log?.warn("store_migrated", { line }),
  });
  try {
    return await TapeStore.open({ openKv, onDamaged: damageLine(log) });
  } catch (error) {
    const advice = `Move it away to start with an empty one: ${ADVICE}`;
    throw new DataFolderError(path, causeText(error), advice);
  }
}

/**
 * Opens the same store beside the process that writes to it, to read.
 *
 * @throws {StoreError} When the database does not answer.
 */
export async function attachTapeStore(config: StoreConfig): Promise<TapeStore> {
  return await TapeStore.open({ openKv: () => Deno.openKv(pathOf(config)) });
}
