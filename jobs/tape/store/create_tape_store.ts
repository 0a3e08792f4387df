import { join } from "node:path";
import type { Config } from "../../../config.ts";
import { TapeStore } from "../../../modules/tape/mod.ts";

/**
 * Opens the store of the tapes, `kv/tape.sqlite` in the data folder.
 *
 * @throws {StoreError} `storage_unavailable` when the database cannot be opened.
 */
export async function createTapeStore(config: Pick<Config, "dataDir">): Promise<TapeStore> {
  const folder = join(config.dataDir, "kv");
  const openKv = async () => {
    await Deno.mkdir(folder, { recursive: true });
    return await Deno.openKv(join(folder, "tape.sqlite"));
  };
  return await TapeStore.open({ openKv });
}
