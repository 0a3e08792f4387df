import { z } from "zod";
import { type OptionPrint, STREAM_NAMES, type StreamName } from "../../../engine/frames/mod.ts";
import {
  CurrentPage,
  HistoryPage,
  OptionHistoryExtras,
  printsByTrace,
  RECORD_SCHEMAS,
  ReplayPage,
  rowFilter,
  STREAM_FILTERS,
  type StreamFilters,
  STREAMS,
} from "../../../modules/tape/mod.ts";
import type { Endpoint } from "../../kit/http/mod.ts";
import { type ApiState, endpoint } from "./_endpoint.ts";
import { EXAMPLE_CURSOR, EXAMPLES } from "./examples.ts";
import { exportResponse } from "./export_rows.ts";
import { packetPage } from "./packet_page.ts";

/** Position of a row in its stream. */
const CursorSchema = z.object({ ts: z.int().min(0), seq: z.int().min(0) })
  .meta({ id: "Cursor", description: "Position of a row in its stream" });

const cursorOrNull = CursorSchema.nullable();

/** A stream's filters as a schema whose output type is known by the stream's name. */
function filtersOf(stream: StreamName): z.ZodObject {
  return STREAM_FILTERS[stream];
}

function sinceOf<S extends StreamName>(filters: StreamFilters[S]): number | undefined {
  return "since_ts" in filters ? filters.since_ts : undefined;
}

function currentEndpoint<S extends StreamName>(stream: S): Endpoint<ApiState> {
  const info = STREAMS[stream];
  return endpoint({
    method: "GET",
    path: info.current,
    tag: "current",
    summary: `Newest ${info.title}`,
    description: "Newest first.",
    access: "all",
    limit: "rest",
    query: z.object({ ...CurrentPage.shape, ...filtersOf(stream).shape }),
    response: z.object({ data: z.array(RECORD_SCHEMAS[stream]) }),
    example: { data: [EXAMPLES[stream]] },
    statuses: [503],
    run: async (input) => {
      const query = input.query as unknown as StreamFilters[S] & z.infer<typeof CurrentPage>;
      const { rows } = await input.state.tape.before(stream, null, {
        limit: query.limit,
        filter: rowFilter(stream, query),
        sinceTs: sinceOf(query),
        signal: input.signal,
        mayStopEarly: true,
      });
      return { data: rows };
    },
  });
}

type HistoryQuery = z.infer<typeof HistoryPage> & z.infer<typeof OptionHistoryExtras>;

/** The print that stays in view whatever the page holds. */
async function pinnedPrint(
  traceId: string | undefined,
  { state: { tape }, signal }: { readonly state: ApiState; readonly signal: AbortSignal },
): Promise<{ readonly pinned?: OptionPrint | null }> {
  if (traceId === undefined) return {};
  return { pinned: (await printsByTrace(tape, [traceId], signal))[0] ?? null };
}

function historyEndpoint<S extends StreamName>(stream: S, name: string): Endpoint<ApiState> {
  const { title } = STREAMS[stream];
  const extras = stream === "options" ? OptionHistoryExtras.shape : {};
  const page = z.object({ data: z.array(RECORD_SCHEMAS[stream]), next_before: cursorOrNull });
  const scoped = page.extend({
    packet: RECORD_SCHEMAS.flow.nullable().exactOptional(),
    pinned: RECORD_SCHEMAS.options.nullable().exactOptional(),
  });
  return endpoint({
    method: "GET",
    path: `/history/${name}`,
    tag: "history",
    summary: `Older ${title}`,
    description: "Rows before a position, newest first. `next_before` is null when fewer than " +
      "`limit` rows were left. A search that looked at very many rows may hand back fewer together " +
      "with a position to go on from.",
    access: "all",
    limit: "rest",
    query: z.object({ ...HistoryPage.shape, ...extras, ...filtersOf(stream).shape }),
    response: stream === "options" ? scoped : page,
    example: { data: [EXAMPLES[stream]], next_before: EXAMPLE_CURSOR },
    statuses: [503],
    run: async (input) => {
      const query = input.query as unknown as StreamFilters[S] & HistoryQuery;
      const position = { ts: query.before_ts, seq: query.before_seq };
      const pinned = await pinnedPrint(query.pinned_trace_id, input);
      if (query.flow_packet_id !== undefined) {
        const scope = { limit: query.limit, flow_packet_id: query.flow_packet_id };
        const { data, next_before, packet } = await packetPage(
          input.state.tape,
          position,
          scope,
          input.signal,
        );
        if (query.format !== "json") return exportResponse(query.format, name, data, next_before);
        return { data, next_before, packet, ...pinned };
      }
      const { rows, next } = await input.state.tape.before(stream, position, {
        limit: query.limit,
        filter: rowFilter(stream, query),
        sinceTs: sinceOf(query),
        signal: input.signal,
        mayStopEarly: true,
      });
      if (query.format === "json") return { data: rows, next_before: next, ...pinned };
      return exportResponse(query.format, name, rows, next);
    },
  });
}

function replayEndpoint<S extends StreamName>(stream: S): Endpoint<ApiState> {
  const { replay, title } = STREAMS[stream];
  return endpoint({
    method: "GET",
    path: `/replay/${replay}`,
    tag: "replay",
    summary: `Stored ${title} in order`,
    description:
      "Rows after a position, oldest first. `next` is null at the end of what is stored.",
    access: "all",
    limit: "rest",
    query: z.object({ ...ReplayPage.shape, ...filtersOf(stream).shape }),
    response: z.object({ data: z.array(RECORD_SCHEMAS[stream]), next: cursorOrNull }),
    example: { data: [EXAMPLES[stream]], next: EXAMPLE_CURSOR },
    statuses: [503],
    run: async (input) => {
      const query = input.query as unknown as StreamFilters[S] & z.infer<typeof ReplayPage>;
      const filters = stream === "options" ? { view: "raw" as const, ...query } : query;
      const since = sinceOf(query) ?? 0;
      const position = since > query.after_ts
        ? { ts: since, seq: -1 }
        : { ts: query.after_ts, seq: query.after_seq };
      const { rows, next } = await input.state.tape.after(stream, position, {
        limit: query.limit,
        filter: rowFilter(stream, filters),
        signal: input.signal,
        mayStopEarly: true,
      });
      return { data: rows, next };
    },
  });
}

/** Endpoints of the newest rows, by stream; candles have one of their own. */
export const CURRENT: ReadonlyMap<StreamName, Endpoint<ApiState>> = new Map(
  STREAM_NAMES.filter((stream) => stream !== "candles")
    .map((stream) => [stream, currentEndpoint(stream)]),
);

/** Endpoints of history, by the name in the path. */
export const HISTORY: ReadonlyMap<string, Endpoint<ApiState>> = new Map(
  STREAM_NAMES.flatMap((stream) => {
    const { history } = STREAMS[stream];
    return history === null ? [] : [[history, historyEndpoint(stream, history)] as const];
  }),
);

/** Endpoints of replay reads, by the name in the path. */
export const REPLAY: ReadonlyMap<string, Endpoint<ApiState>> = new Map(
  STREAM_NAMES.map((stream) => [STREAMS[stream].replay, replayEndpoint(stream)]),
);

/** Endpoint of a stream's newest rows. @throws {RangeError} For candles, which are read by range. */
export function currentOf(stream: StreamName): Endpoint<ApiState> {
  const found = CURRENT.get(stream);
  if (found === undefined) throw new RangeError(`Cannot serve the newest rows of "${stream}"`);
  return found;
}
