import { basename } from "node:path";
import { z } from "zod";
import {
  FuturesBook,
  type LabelOf,
  OutsideAudit,
  type RealismRow,
  type RowNeed,
} from "../../../engine/realism/mod.ts";
import { readOrders } from "./orders.ts";
import { findTapes, readSession, TapeFolderError } from "../../lake/tape/mod.ts";

/** A line of a label file, as far as the audit reads it. */
const LabelLine = z.object({
  slot: z.int(),
  family: z.string(),
  trace_ids: z.array(z.string()),
});

/** Rows of an audit, and what the folder had. */
export interface FolderAudit {
  readonly rows: readonly RealismRow[];
  /** What at least one session had. */
  readonly has: ReadonlySet<RowNeed>;
}

/**
 * Every X row of the tapes in a folder: the files of a session as the lake has them, or folders of such. A file
 * `labels.ndjson` beside them tells what was meant, and the orders of a future are in files `*.dbn` or `*.dbn.zst`.
 *
 * @param progress Told the share of the work that is done, 0…1, and what is under way.
 * @throws {TapeFolderError} When the folder has no tape or a file of it cannot be read.
 */
export async function auditFolder(
  folder: string,
  progress: (share: number, note: string) => void,
): Promise<FolderAudit> {
  const { sessions, orders } = findTapes(folder);
  const audit = new OutsideAudit();
  const book = new FuturesBook();
  const has = new Set<RowNeed>();
  const steps = sessions.length + orders.length;
  for (const [i, files] of sessions.entries()) {
    for (const { stream } of files.streams) has.add(stream);
    const labelOf = files.labels === null ? null : await readLabels(files.labels);
    if (labelOf !== null) has.add("labels");
    const begin = (fromTs: number) => {
      audit.begin({ fromTs, labelOf });
      return audit;
    };
    const { untilTs } = await readSession(
      files,
      begin,
      (share) => progress((i + share) / steps, basename(files.folder)),
    );
    audit.end(untilTs);
  }
  for (const [i, path] of orders.entries()) {
    has.add("orders");
    progress((sessions.length + i) / steps, basename(path));
    await readOrders(path, book);
  }
  return { rows: [...audit.rows(), book.row("X7", "a future")], has };
}

/** Labels by trace id. @throws {TapeFolderError} `bad_file` with the line that is none. */
async function readLabels(path: string): Promise<LabelOf> {
  const labels = new Map<string, { slot: number; family: string }>();
  const lines = (await Deno.readTextFile(path)).split("\n");
  for (const [i, line] of lines.entries()) {
    if (line === "") continue;
    const { data } = LabelLine.safeParse(jsonOf(line));
    if (data === undefined) {
      throw new TapeFolderError(
        "bad_file",
        `Cannot read "${path}": line ${i + 1} is no label with slot, family and trace_ids`,
      );
    }
    const { slot, family, trace_ids } = data;
    for (const id of trace_ids) labels.set(id, { slot, family });
  }
  return (traceId) => labels.get(traceId) ?? null;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
