import { join } from "node:path";
import { tapeBytes } from "./market_files.ts";

/** Settings of a terminal whose sides of the tape are not made here. */
export const NO_TAPE = {
  OPTIONS_INGEST_ADAPTER: "off",
  EQUITIES_INGEST_ADAPTER: "off",
} as const;

/**
 * A short recording as the feed of a server that is started for something else: two minutes of synthetic
 * history before the first answer cost more than all the rest of a start.
 *
 * @param folder Where the file goes.
 * @param seconds How long the feed stays live, s.
 * @returns The settings that name it.
 */
export async function recordedFeed(
  folder: string,
  seconds = 120,
): Promise<Readonly<Record<string, string>>> {
  const path = join(folder, "feed.dbn");
  await Deno.writeFile(path, tapeBytes({ seconds }));
  return { LOTUS_FEED: path };
}
