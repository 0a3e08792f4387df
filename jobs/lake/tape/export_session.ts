import { dirname, join } from "node:path";
import { fileWriter, parquetWriteRows } from "hyparquet-writer";
import type { StreamName } from "../../../engine/frames/mod.ts";
import type { Session } from "../../../engine/regime/mod.ts";
import type { Cursor, Page, TapeStore } from "../../../modules/tape/mod.ts";
import { lakeColumns, lakeRow } from "./lake_columns.ts";

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
  const columns = lakeColumns(stream);
  let rows = 0;
  let firstTs: number | null = null;
  let lastTs: number | null = null;
  const gaps = new Map<number, { from_ts: number; to_ts: number }>();
  async function* cells(): AsyncGenerator<Record<string, unknown>> {
    for await (const page of pagesOf(store, stream, session)) {
      for (const { from_ts, to_ts } of page.gaps) gaps.set(from_ts, { from_ts, to_ts });
      for (const row of page.stored) {
        rows++;
        lastTs = row.ts;
        firstTs ??= lastTs;
        yield lakeRow(columns, row.record);
      }
    }
  }
  try {
    await parquetWriteRows({
      writer: fileWriter(part),
      rows: cells(),
      columns: columns.map(({ name, type, nullable }) => ({ name, type, nullable })),
      rowGroupSize: GROUP_ROWS,
      kvMetadata: [
        { key: "lotus.stream", value: stream },
        { key: "lotus.session", value: String(session.id) },
      ],
    });
    const { size } = await Deno.stat(part);
    await Deno.rename(part, file);
    const lost = gaps.size === 0 ? {} : { gaps: [...gaps.values()] };
    return { stream, path, rows, bytes: size, firstTs, lastTs, ...lost };
  } catch (error) {
    await Deno.remove(part).catch(() => undefined);
    throw error;
  }
}
