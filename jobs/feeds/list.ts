import { schemaId } from "../../engine/dbn/mod.ts";
import { Regime } from "../../modules/feed/contract.ts";
import type { Catalogue } from "./catalogue.ts";
import { listInstruments } from "./instruments.ts";
import { isPlainFile } from "./_replay_file.ts";
import { ReplayFeed } from "./replay_feed.ts";

/** A file on offer with what its beginning says; `problem` when it or the rest is damaged. */
export interface ListedFile {
  readonly name: string;
  readonly bytes: number;
  readonly symbol: string | null;
  readonly startNs: string | null;
  readonly endNs: string | null;
  readonly problem: string | null;
  /** Whether it can be opened: a damaged file shows what comes before the damage. */
  readonly readable: boolean;
}

/** Everything that the page may open. */
export interface FeedList {
  readonly files: readonly ListedFile[];
  readonly instruments: readonly { readonly name: string; readonly symbol: string }[];
  readonly regimes: readonly string[];
}

/** Bytes of an mbo record without and with its send time. */
const RECORD_BYTES = 56;
const RECORD_TS_OUT_BYTES = 64;

/**
 * Finds out without reading it all whether a plain file of mbo records ends inside one. Compressed
 * files and those of mixed records are not judged.
 */
async function cutProblem(feed: ReplayFeed, path: string, bytes: number): Promise<string | null> {
  const head = new Uint8Array(8);
  using file = await Deno.open(path);
  await file.read(head);
  if (!await isPlainFile(path) || feed.metadata.schema !== schemaId("mbo")) return null;
  const metadataBytes = new DataView(head.buffer).getUint32(4, true);
  const recordBytes = feed.metadata.tsOut ? RECORD_TS_OUT_BYTES : RECORD_BYTES;
  const rest = (bytes - head.length - metadataBytes) % recordBytes;
  return rest === 0 ? null : "Cannot read the file to its end as it ends inside a record";
}

/** Looks at the beginning of a file. Never throws: what is wrong with it is told. */
export async function describe(name: string, path: string, bytes: number): Promise<ListedFile> {
  try {
    const feed = await ReplayFeed.open(path);
    feed.close();
    const problem = feed.problem ?? await cutProblem(feed, path, bytes);
    return {
      name,
      bytes,
      symbol: feed.symbol,
      startNs: feed.startNs?.toString() ?? null,
      endNs: feed.endNs?.toString() ?? null,
      problem,
      readable: true,
    };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    const nothing = { symbol: null, startNs: null, endNs: null };
    return { name, bytes, ...nothing, problem, readable: false };
  }
}

/** Reads the metadata of every file on offer and names instruments and regimes. */
export async function listFeeds(catalogue: Catalogue): Promise<FeedList> {
  const files: ListedFile[] = [];
  for (const { name, path, bytes } of await catalogue.entries()) {
    files.push(await describe(name, path, bytes));
  }
  const instruments = (await listInstruments())
    .map(({ name, config }) => ({ name, symbol: config.symbol }));
  return { files, instruments, regimes: Regime.options };
}
