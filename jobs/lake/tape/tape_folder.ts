import { join } from "node:path";
import type { StreamName } from "../../../engine/frames/mod.ts";

/** Streams that a tape consists of, in the order of records of one instant. */
export const RAW_STREAMS = ["nbbo", "options", "equity-quotes", "equities"] as const;

/** What can lie in the folder of a session besides: what was read in it, what was meant, and a future. */
const EVENTS: StreamName = "smart-money";
const LABELS = "labels.ndjson";
const ORDERS = /\.dbn(\.zst)?$/;

/** A folder that holds no tape, or one that cannot be read. The message names file and column. */
export class TapeFolderError extends Error {
  override readonly name = "TapeFolderError";
  readonly code: "no_tape" | "bad_file";

  constructor(code: TapeFolderError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Files of one session. */
export interface SessionFiles {
  readonly folder: string;
  readonly streams: readonly { readonly stream: StreamName; readonly path: string }[];
  readonly labels: string | null;
}

/** What a folder holds: sessions of tapes, and files of a future's orders. */
export interface TapeFolder {
  readonly sessions: readonly SessionFiles[];
  readonly orders: readonly string[];
}

function names(folder: string): readonly Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(folder)].sort((a, b) => a.name < b.name ? -1 : 1);
  } catch (cause) {
    throw new TapeFolderError("no_tape", `Cannot read "${folder}": it is no folder`, { cause });
  }
}

function sessionOf(folder: string, files: ReadonlySet<string>): readonly SessionFiles[] {
  const streams = [...RAW_STREAMS, EVENTS].filter((stream) => files.has(`${stream}.parquet`))
    .map((stream) => ({ stream, path: join(folder, `${stream}.parquet`) }));
  if (!streams.some(({ stream }) => stream !== EVENTS)) return [];
  return [{ folder, streams, labels: files.has(LABELS) ? join(folder, LABELS) : null }];
}

/**
 * The tapes in a folder: that of a session, or one with a folder per session.
 *
 * @throws {TapeFolderError} `no_tape` when there is none in it.
 */
export function findTapes(folder: string): TapeFolder {
  const own = names(folder);
  const below = own.filter(({ isDirectory }) => isDirectory).map(({ name }) => join(folder, name));
  const sessions: SessionFiles[] = [];
  const orders: string[] = [];
  for (const each of [folder, ...below]) {
    const files = names(each).filter(({ isFile }) => isFile).map(({ name }) => name);
    sessions.push(...sessionOf(each, new Set(files)));
    orders.push(...files.filter((name) => ORDERS.test(name)).map((name) => join(each, name)));
  }
  if (sessions.length + orders.length > 0) return { sessions, orders };
  const wanted = RAW_STREAMS.map((stream) => `${stream}.parquet`).join(", ");
  throw new TapeFolderError(
    "no_tape",
    `Cannot find a tape in "${folder}": it has none of ${wanted}`,
  );
}
