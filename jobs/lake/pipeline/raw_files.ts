import { join, relative } from "node:path";
import { SymbolMap } from "../../../engine/dbn/mod.ts";
import { ReplayFeed } from "../../feeds/mod.ts";
import { PipelineError } from "./pipeline_error.ts";

/** Which raw files: whose, of which root, of which date. */
export interface RawDay {
  readonly lake: string;
  readonly source: string;
  readonly root: string;
  readonly dt: string;
}

/** Folders of the raw layer under a source. */
const FOLDERS = {
  futures: "product_type=future_mbo/symbol={root}/table=market_by_order_dbn",
  options: "product_type=future_option_mbo/symbol={root}/table=market_by_order_dbn",
  statistics: "product_type=future_option_mbo/symbol={root}/table=statistics",
  definitions: "dataset=definition",
} as const;

export type RawKind = keyof typeof FOLDERS;

/** Files of a date by name; of a file that is there plain and compressed, the plain one. */
function rawFiles({ lake, source, root, dt }: RawDay, kind: RawKind): readonly string[] {
  const folder = join(lake, "raw", `source=${source}`, FOLDERS[kind].replace("{root}", root));
  const names = namesIn(folder).filter((name) =>
    name.includes(dt.replaceAll("-", "")) && /\.dbn(\.zst)?$/.test(name) &&
    // Definitions of all roots lie in one folder.
    (kind !== "definitions" || name.startsWith(`${root}.`) || !/^[A-Z0-9]+\./.test(name))
  );
  return names.filter((name) => !names.includes(name.replace(/\.zst$/, "")) || name.endsWith("dbn"))
    .sort().map((name) => join(folder, name));
}

/** The same, where there must be one. @throws {PipelineError} `no_raw_files`. */
export function neededFiles(day: RawDay, kind: RawKind): readonly string[] {
  const files = rawFiles(day, kind);
  if (files.length > 0) return files;
  const folder = FOLDERS[kind].replace("{root}", day.root);
  const date = day.dt.replaceAll("-", "");
  throw new PipelineError(
    "no_raw_files",
    `Cannot find raw ${kind} of ${day.root} on ${day.dt}: no *${date}*.dbn in ` +
      `"${join("raw", `source=${day.source}`, folder)}"`,
  );
}

/** A file of orders, opened. */
export interface RawOrders {
  readonly feed: ReplayFeed;
  /** Symbol of every instrument on the date. */
  readonly symbols: ReadonlyMap<number, string>;
}

/**
 * Opens files of orders.
 *
 * @throws {PipelineError} `wrong_source` when what was made up lies among what was recorded, or the other
 * way round.
 * @throws {FeedError} When a file cannot be read.
 */
export async function openOrders(
  { lake, source, dt }: RawDay,
  files: readonly string[],
): Promise<readonly RawOrders[]> {
  const opened: RawOrders[] = [];
  for (const path of files) {
    const feed = await ReplayFeed.open(path);
    const symbols = new SymbolMap(feed.metadata);
    const date = Number(dt.replaceAll("-", ""));
    opened.push({
      feed,
      symbols: new Map(
        symbols.instrumentIds().flatMap((id) => {
          const symbol = symbols.on(date, id);
          return symbol === null ? [] : [[id, symbol] as const];
        }),
      ),
    });
    if (feed.isSynthetic === (source === "synthetic")) continue;
    for (const each of opened) each.feed.close();
    throw new PipelineError(
      "wrong_source",
      `Cannot take "${relative(lake, path)}" as from ${source}: its dataset is ` +
        `"${feed.metadata.dataset}"`,
    );
  }
  return opened;
}

function namesIn(folder: string): readonly string[] {
  try {
    return [...Deno.readDirSync(folder)].flatMap(({ name, isFile }) => isFile ? [name] : []);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
