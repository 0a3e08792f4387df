import type {
  EquityPrint,
  EquityQuote,
  OptionNbbo,
  RawOptionPrint,
  SmartMoneyEvent,
  StreamName,
} from "../../../engine/frames/mod.ts";
import { StreamCursor } from "./stream_cursor.ts";
import { RAW_STREAMS, type SessionFiles } from "./tape_folder.ts";

/** Rows between two tellings of progress. */
const TELL_EVERY = 50_000;

const FIELDS = {
  nbbo: ["option_contract_id", "bid", "ask"],
  options: [
    "seq",
    "trace_id",
    "option_contract_id",
    "price",
    "size",
    "exchange",
    "conditions",
  ],
  "equity-quotes": ["underlying_id", "bid", "ask"],
  equities: [
    "underlying_id",
    "price",
    "size",
    "exchange",
    "offExchangeFlag",
    "conditions",
  ],
  "smart-money": ["member_print_ids", "primary_profile_id", "probability", "profile_scores"],
} as const;
/** Columns that files of older releases lack. */
const MAY_LACK: ReadonlySet<string> = new Set(["probability"]);

/** Who is given the records of a session, with those fields that {@link readSession} reads. */
export interface TapeReader {
  optionNbbo(record: Pick<OptionNbbo, "ts" | typeof FIELDS["nbbo"][number]>): void;
  optionPrint(record: Pick<RawOptionPrint, "ts" | typeof FIELDS["options"][number]>): void;
  equityQuote(record: Pick<EquityQuote, "ts" | typeof FIELDS["equity-quotes"][number]>): void;
  equityPrint(record: Pick<EquityPrint, "ts" | typeof FIELDS["equities"][number]>): void;
  event(
    record: Pick<SmartMoneyEvent, "source_ts" | typeof FIELDS["smart-money"][number]>,
  ): void;
}

function isKept(stream: StreamName): stream is keyof typeof FIELDS {
  return Object.hasOwn(FIELDS, stream);
}

/** Texts of a JSON list; of anything else none. */
function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** Scores of a JSON list, those that are none left out. Older releases called a score a probability. */
function scoresOf(value: unknown): SmartMoneyEvent["profile_scores"] {
  if (!Array.isArray(value)) return [];
  return value.map((each) => ({ ...each, score: each?.score ?? each?.probability }))
    .filter(({ score }) => typeof score === "number");
}

/** Hands the row that a cursor stands on over. */
function give(row: StreamCursor, to: TapeReader): void {
  const { ts } = row;
  const quote = () => ({ ts, bid: row.number("bid"), ask: row.number("ask") });
  const print = () => ({
    ts,
    price: row.number("price"),
    size: row.number("size"),
    exchange: row.text("exchange"),
    conditions: textsOf(row.json("conditions")),
  });
  switch (row.stream) {
    case "nbbo":
      return to.optionNbbo({ ...quote(), option_contract_id: row.text("option_contract_id") });
    case "options":
      return to.optionPrint({
        ...print(),
        seq: row.number("seq"),
        trace_id: row.text("trace_id"),
        option_contract_id: row.text("option_contract_id"),
      });
    case "equity-quotes":
      return to.equityQuote({ ...quote(), underlying_id: row.text("underlying_id") });
    case "equities":
      return to.equityPrint({
        ...print(),
        underlying_id: row.text("underlying_id"),
        offExchangeFlag: row.flag("offExchangeFlag"),
      });
    case "smart-money": {
      const primary = row.text("primary_profile_id");
      const scores = scoresOf(row.json("profile_scores"));
      const probability = row.number("probability");
      return to.event({
        source_ts: ts,
        member_print_ids: textsOf(row.json("member_print_ids")),
        probability: Number.isNaN(probability) ? null : probability,
        primary_profile_id: scores.find((each) => each.profile_id === primary)?.profile_id ?? null,
        profile_scores: scores,
      });
    }
  }
}

/** First and last time of a session's rows, epoch ms. */
export interface SessionStretch {
  readonly fromTs: number;
  readonly untilTs: number;
}

/**
 * Reads the files of a session and hands their rows over in order of time, in the order of the streams
 * within an instant.
 *
 * @param begin Called with the first time, before the first row.
 * @param progress Told the share of rows that were read, 0…1.
 * @throws {TapeFolderError} `bad_file` when a file cannot be read, lacks a column or is out of order.
 */
export async function readSession(
  files: SessionFiles,
  begin: (fromTs: number) => TapeReader,
  progress: (share: number) => void,
): Promise<SessionStretch> {
  const cursors: StreamCursor[] = [];
  const order = [...RAW_STREAMS, "smart-money"] as const;
  for (const name of order) {
    const file = files.streams.find(({ stream }) => stream === name);
    if (file === undefined || !isKept(file.stream)) continue;
    cursors.push(await StreamCursor.open(file.stream, file.path, FIELDS[file.stream], MAY_LACK));
  }
  const rows = cursors.reduce((sum, cursor) => sum + cursor.rows, 0);
  const fromTs = Math.min(...cursors.map(({ ts }) => ts));
  const to = begin(fromTs);
  let untilTs = fromTs;
  for (let read = 0;; read++) {
    const first = earliest(cursors);
    if (first === undefined) break;
    untilTs = first.ts;
    give(first, to);
    first.next();
    if (first.mustLoad) await first.load();
    if (read % TELL_EVERY === 0) progress(read / rows);
  }
  return { fromTs, untilTs };
}

function earliest(cursors: readonly StreamCursor[]): StreamCursor | undefined {
  let best: StreamCursor | undefined;
  for (const cursor of cursors) {
    if (cursor.ts < (best?.ts ?? Infinity)) best = cursor;
  }
  return best;
}
