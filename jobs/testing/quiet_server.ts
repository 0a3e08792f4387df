import { join } from "node:path";
import { TAPE_START_NS, tapeBytes } from "./market_files.ts";

/** Settings of a terminal whose sides of the tape are not made here. */
export const NO_TAPE = {
  OPTIONS_INGEST_ADAPTER: "off",
  EQUITIES_INGEST_ADAPTER: "off",
} as const;

/** Bytes of a record, and where its two times stand. */
const RECORD_BYTES = 56;
const TIMES_AT = [8, 40] as const;

const HOUR_NS = 3_600_000_000_000n;

/**
 * A recording as the feed of a server that is started for something else: two minutes of synthetic history
 * before the first answer cost more than all the rest of a start. It stays live for an hour: its last record
 * comes that late, after a second of market.
 *
 * @param folder Where the file goes.
 * @returns The settings that name it.
 */
export async function recordedFeed(folder: string): Promise<Readonly<Record<string, string>>> {
  const bytes = tapeBytes({ seconds: 1, metaEndNs: TAPE_START_NS + HOUR_NS });
  const last = new DataView(bytes.buffer, bytes.length - RECORD_BYTES);
  for (const at of TIMES_AT) last.setBigUint64(at, last.getBigUint64(at, true) + HOUR_NS, true);
  const path = join(folder, "feed.dbn");
  await Deno.writeFile(path, bytes);
  return { LOTUS_FEED: path };
}
