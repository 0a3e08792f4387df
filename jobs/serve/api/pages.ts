import { z } from "zod";
import type { OptionPrint, StreamName } from "../../../engine/frames/mod.ts";
import {
  type AnyStream,
  bySymbol,
  CurrentPage,
  type Cursor,
  FlowPacket,
  HistoryPage,
  type LostStretch,
  OptionHistoryExtras,
  OptionPrint as OptionPrintSchema,
  printsByTrace,
  ReplayPage,
  StoredRow,
  STREAMS,
  type Streams,
  toldStretches,
} from "../../../modules/tape/mod.ts";
import type { Endpoint } from "../../kit/http/mod.ts";
import { type ApiState, tapeEndpoint } from "./_endpoint.ts";
import { EXAMPLE_CURSOR } from "./examples.ts";
import { exportResponse } from "./export_rows.ts";
import { packetPage } from "./packet_page.ts";

/** Position of a row in its stream. */
const CursorSchema = z.object({ ts: z.int().min(0), seq: z.int().min(0) })
  .meta({ id: "Cursor", description: "Position of a row in its stream" });

const cursorOrNull = CursorSchema.nullable();

/** What a page says of rows that it should hold and cannot read. */
const gaps = z.array(z.object({ from_ts: z.int().min(0), to_ts: z.int().min(0) })).exactOptional()
  .describe("Stretches whose rows are damaged in the store; left out when there are none");

/** A stream's filters, and those that all have. */
function filtersOf({ query }: AnyStream): z.ZodRawShape {
  return { ...query, ...bySymbol };
}

/** Filters that pages look at themselves. */
interface Since {
  readonly since_ts?: number;
}

/** Rows as an answer: their texts as they are stored. */
function rowsResponse(
  rows: readonly StoredRow[],
  rest: Readonly<Record<string, unknown>>,
  lost: readonly LostStretch[],
): Response {
  const told = {
    ...rest,
    ...(lost.length > 0 && { gaps: toldStretches(lost) }),
  };
  const fields = Object.entries(told).map(([name, value]) =>
    `,${JSON.stringify(name)}:${JSON.stringify(value)}`
  );
  const data = rows.map(({ json }) => json).join(",");
  return new Response(`{"data":[${data}]${fields.join("")}}`, {
    headers: { "content-type": "application/json", "cache-control": "no-store" },
  });
}

/** Endpoint of a stream's newest rows. */
function currentEndpoint(stream: AnyStream, path: string): Endpoint<ApiState> {
  const name = stream.name as StreamName;
  return tapeEndpoint({
    method: "GET",
    path,
    tag: "current",
    summary: `Newest ${stream.title}`,
    description: "Newest first.",
    access: "all",
    limit: "rest",
    query: z.object({ ...CurrentPage.shape, ...filtersOf(stream) }),
    response: z.object({ data: z.array(stream.record), gaps }),
    example: { data: [stream.example] },
    statuses: [503],
    run: async ({ query, state, signal }) => {
      const { limit, since_ts } = query as z.infer<typeof CurrentPage> & Since;
      const page = await state.tape.before(name, null, {
        limit,
        filter: state.tape.streams.filter(name, query),
        sinceTs: since_ts,
        signal,
        mayStopEarly: true,
      });
      return rowsResponse(page.stored, {}, page.gaps);
    },
  });
}

type HistoryQuery = z.infer<typeof HistoryPage> & z.infer<typeof OptionHistoryExtras> & Since;

/** The print that stays in view whatever the page holds. */
async function pinnedPrint(
  traceId: string | undefined,
  { state: { tape }, signal }: { readonly state: ApiState; readonly signal: AbortSignal },
): Promise<{ readonly pinned?: OptionPrint | null }> {
  if (traceId === undefined) return {};
  return { pinned: (await printsByTrace(tape, [traceId], signal))[0] ?? null };
}

/** What a page of history was found to hold. */
interface Found {
  readonly rows: readonly StoredRow[];
  readonly next: Cursor | null;
  readonly gaps: readonly LostStretch[];
  /** What stands beside the rows. */
  readonly more: Readonly<Record<string, unknown>>;
}

interface HistoryInput {
  readonly query: HistoryQuery;
  readonly state: ApiState;
  readonly signal: AbortSignal;
}

async function findHistory(name: StreamName, input: HistoryInput): Promise<Found> {
  const { query, signal } = input;
  const { tape } = input.state;
  const position = { ts: query.before_ts, seq: query.before_seq };
  const pinned = await pinnedPrint(query.pinned_trace_id, input);
  if (query.flow_packet_id !== undefined) {
    const scope = { limit: query.limit, flow_packet_id: query.flow_packet_id };
    const { data, next_before, packet } = await packetPage(tape, position, scope, signal);
    const rows = data.map((record) => StoredRow.of("options", record));
    return { rows, next: next_before, gaps: [], more: { packet, ...pinned } };
  }
  const page = await tape.before(name, position, {
    limit: query.limit,
    filter: tape.streams.filter(name, query),
    sinceTs: query.since_ts,
    signal,
    mayStopEarly: true,
  });
  return { rows: page.stored, next: page.next, gaps: page.gaps, more: pinned };
}

/** Endpoint of a stream's older rows. */
function historyEndpoint(stream: AnyStream, path: string): Endpoint<ApiState> {
  const name = stream.name as StreamName;
  const extras = name === "options" ? OptionHistoryExtras.shape : {};
  const page = z.object({ data: z.array(stream.record), next_before: cursorOrNull, gaps });
  const scoped = page.extend({
    packet: FlowPacket.nullable().exactOptional(),
    pinned: OptionPrintSchema.nullable().exactOptional(),
  });
  return tapeEndpoint({
    method: "GET",
    path: `/history/${path}`,
    tag: "history",
    summary: `Older ${stream.title}`,
    description: "Rows before a position, newest first. `next_before` is null when fewer than " +
      "`limit` rows were left. A search that looked at very many rows may hand back fewer together " +
      "with a position to go on from.",
    access: "all",
    limit: "rest",
    query: z.object({ ...HistoryPage.shape, ...extras, ...filtersOf(stream) }),
    response: name === "options" ? scoped : page,
    example: { data: [stream.example], next_before: EXAMPLE_CURSOR },
    statuses: [503],
    run: async (input) => {
      const query = input.query as HistoryQuery;
      const { rows, next, gaps, more } = await findHistory(name, {
        query,
        state: input.state,
        signal: input.signal,
      });
      if (query.format !== "json") return exportResponse(query.format, path, rows, next);
      return rowsResponse(rows, { next_before: next, ...more }, gaps);
    },
  });
}

/** Endpoint of a stream's rows in order. */
function replayEndpoint(stream: AnyStream): Endpoint<ApiState> {
  const name = stream.name as StreamName;
  return tapeEndpoint({
    method: "GET",
    path: `/replay/${stream.paths.replay}`,
    tag: "replay",
    summary: `Stored ${stream.title} in order`,
    description:
      "Rows after a position, oldest first. `next` is null at the end of what is stored.",
    access: "all",
    limit: "rest",
    query: z.object({ ...ReplayPage.shape, ...filtersOf(stream) }),
    response: z.object({ data: z.array(stream.record), next: cursorOrNull, gaps }),
    example: { data: [stream.example], next: EXAMPLE_CURSOR },
    statuses: [503],
    run: async (input) => {
      const query = input.query as z.infer<typeof ReplayPage> & Since;
      const filters = name === "options" ? { view: "raw" as const, ...query } : query;
      const since = query.since_ts ?? 0;
      const position = since > query.after_ts
        ? { ts: since, seq: -1 }
        : { ts: query.after_ts, seq: query.after_seq };
      const page = await input.state.tape.after(name, position, {
        limit: query.limit,
        filter: input.state.tape.streams.filter(name, filters),
        signal: input.signal,
        mayStopEarly: true,
      });
      return rowsResponse(page.stored, { next: page.next }, page.gaps);
    },
  });
}

/** The endpoints of streams: newest rows by name, history and replay by the name in the path. */
export function pagesOf(streams: Streams) {
  const { list } = streams;
  return {
    current: new Map(list.flatMap((stream) => {
      // What is read by range has an endpoint of its own.
      const { current, history } = stream.paths;
      return current === null || history === null
        ? []
        : [[stream.name, currentEndpoint(stream, current)] as const];
    })),
    history: new Map(list.flatMap((stream) => {
      const { history } = stream.paths;
      return history === null ? [] : [[history, historyEndpoint(stream, history)] as const];
    })),
    replay: new Map(list.map((stream) => [stream.paths.replay, replayEndpoint(stream)])),
  };
}

const PAGES = pagesOf(STREAMS);

/** Endpoints of the newest rows, by stream; candles have one of their own. */
export const CURRENT: ReadonlyMap<string, Endpoint<ApiState>> = PAGES.current;
/** Endpoints of history, by the name in the path. */
export const HISTORY: ReadonlyMap<string, Endpoint<ApiState>> = PAGES.history;
/** Endpoints of replay reads, by the name in the path. */
export const REPLAY: ReadonlyMap<string, Endpoint<ApiState>> = PAGES.replay;

/** Endpoint of a stream's newest rows. @throws {RangeError} For candles, which are read by range. */
export function currentOf(stream: StreamName): Endpoint<ApiState> {
  const found = CURRENT.get(stream);
  if (found === undefined) throw new RangeError(`Cannot serve the newest rows of "${stream}"`);
  return found;
}
