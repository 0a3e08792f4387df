import { Regime } from "../../modules/control/contract.ts";
import type { Catalogue } from "./catalogue.ts";
import { listInstruments } from "./instruments.ts";
import { ReplayFeed } from "./replay_feed.ts";

/** A file on offer with what its beginning says; `problem` when that is damaged. */
export interface ListedFile {
  readonly name: string;
  readonly bytes: number;
  readonly symbol: string | null;
  readonly startNs: string | null;
  readonly endNs: string | null;
  readonly problem: string | null;
}

/** Everything that the page may open. */
export interface FeedList {
  readonly files: readonly ListedFile[];
  readonly instruments: readonly { readonly name: string; readonly symbol: string }[];
  readonly regimes: readonly string[];
}

async function describe(name: string, path: string, bytes: number): Promise<ListedFile> {
  try {
    const feed = await ReplayFeed.open(path);
    const { problem } = feed;
    feed.close();
    return {
      name,
      bytes,
      symbol: feed.symbol,
      startNs: feed.startNs?.toString() ?? null,
      endNs: feed.endNs?.toString() ?? null,
      problem,
    };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { name, bytes, symbol: null, startNs: null, endNs: null, problem };
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
