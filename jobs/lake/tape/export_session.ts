import { EMBEDDED_MARKET, stampWord } from "../../../modules/kit/mod.ts";
import { dirname, join } from "node:path";
import { FrameBuilder, type Layout, type StreamName } from "../../../engine/frames/mod.ts";
import type { Session } from "../../../engine/regime/mod.ts";
import type { AnyRecord, Cursor, Page, TapeStore } from "../../../modules/tape/mod.ts";
import { chunkOf, contractName, ParquetFile, STAMP_KEY } from "../parquet/mod.ts";
import { cellsOf, streamLayout } from "./stream_layout.ts";

/** Rows fetched from the store at once, and rows of a row group. */
const PAGE_ROWS = 5_000;
const GROUP_ROWS = 50_000;

/** One file of the lake. */
export interface LakeFile {
  readonly stream: StreamName;
  /** Path below the lake's folder. */
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
  /** Time of the first and last row, epoch ms; null for a file without rows. */
  readonly firstTs: number | null;
  readonly lastTs: number | null;
  /** Stretches whose rows the store holds damaged; left out when there are none. Epoch ms. */
  readonly gaps?: { readonly from_ts: number; readonly to_ts: number }[];
}

/** Folder of the lake below the data folder. */
export function lakeFolder(dataDir: string): string {
  return join(dataDir, "lake", "tape");
}

/** Path of a stream's file below the lake's folder. */
function lakePath(sessionId: number, stream: StreamName): string {
  return join(String(sessionId), `${stream}.parquet`);
}

/** Pages of a stream inside a session, oldest first. */
async function* pagesOf(
  store: TapeStore,
  stream: StreamName,
  session: Session,
): AsyncGenerator<Page<StreamName>> {
  let position: Cursor | null = { ts: session.openTs, seq: -1 };
  while (position !== null) {
    const page: Page<StreamName> = await store.after(stream, position, {
      limit: PAGE_ROWS,
      untilTs: session.closeTs - 1,
    });
    yield page;
    position = page.next !== null && page.next.ts < session.closeTs ? page.next : null;
  }
}

/** A stream's Parquet file while it is written, a row group at a time. */
class StreamFile {
  readonly #layout: Layout;
  readonly #file: ParquetFile;
  readonly #rows: FrameBuilder;

  constructor(path: string, stream: StreamName, sessionId: number) {
    this.#layout = streamLayout(stream);
    this.#file = new ParquetFile(path, this.#layout.columns, {
      "lotus.stream": stream,
      "lotus.session": String(sessionId),
      "lotus.contract": contractName(this.#layout),
      [STAMP_KEY]: `${stampWord(EMBEDDED_MARKET)} · ${EMBEDDED_MARKET.source}`,
    });
    this.#rows = new FrameBuilder(this.#layout, GROUP_ROWS);
  }

  add(row: AnyRecord): void {
    this.#rows.add(cellsOf(this.#layout.columns, row));
    if (this.#rows.count === GROUP_ROWS) this.#writeGroup();
  }

  finish(): { readonly rows: number; readonly bytes: number } {
    if (this.#rows.count > 0) this.#writeGroup();
    return this.#file.finish();
  }

  close(): void {
    this.#file.close();
  }

  #writeGroup(): void {
    const { columns, valid } = this.#rows.take();
    this.#file.writeGroup(
      this.#layout.columns.map((column, i) => chunkOf(column, columns[i]!, valid[i]!)),
    );
  }
}

/**
 * Writes one stream of a session as Parquet. The file appears when it is whole; one that is there
 * already is replaced.
 *
 * @throws {StoreError} When the store cannot be read; no file is left.
 */
export async function exportSession(
  store: TapeStore,
  stream: StreamName,
  session: Session,
  dataDir: string,
): Promise<LakeFile> {
  const path = lakePath(session.id, stream);
  const file = join(lakeFolder(dataDir), path);
  const part = `${file}.part`;
  await Deno.mkdir(dirname(file), { recursive: true });
  await removeIfThere(part);
  const target = new StreamFile(part, stream, session.id);
  let firstTs: number | null = null;
  let lastTs: number | null = null;
  const gaps = new Map<number, { from_ts: number; to_ts: number }>();
  try {
    for await (const page of pagesOf(store, stream, session)) {
      for (const { from_ts, to_ts } of page.gaps) gaps.set(from_ts, { from_ts, to_ts });
      for (const { ts, record } of page.stored) {
        lastTs = ts;
        firstTs ??= ts;
        target.add(record);
      }
    }
    const { rows, bytes } = target.finish();
    await Deno.rename(part, file);
    const lost = gaps.size === 0 ? {} : { gaps: [...gaps.values()] };
    return { stream, path, rows, bytes, firstTs, lastTs, ...lost };
  } catch (error) {
    target.close();
    await removeIfThere(part);
    throw error;
  }
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
