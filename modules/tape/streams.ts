import { STREAM_NAMES, type StreamName } from "../../engine/frames/mod.ts";

/** Position in a stream: strictly ordered by time, then by sequence number. */
export interface Cursor {
  /** Epoch ms of the stream's ordering column: `ts` or `source_ts`. */
  readonly ts: number;
  readonly seq: number;
}

/** `type` of a message on a single-stream socket. */
export type WireType =
  | "option-print"
  | "option-nbbo"
  | "equity-print"
  | "equity-quote"
  | "equity-candle"
  | "equity-join"
  | "inferred-dark"
  | "flow-packet"
  | "smart-money"
  | "classifier-hit"
  | "alert";

/** Where one stream is served. */
export interface StreamInfo {
  readonly name: StreamName;
  /** Path of the newest rows. */
  readonly current: string;
  /** Last part of `/history/…`; null for candles, which are read by range. */
  readonly history: string | null;
  /** Last part of `/replay/…`. */
  readonly replay: string;
  /** Last part of `/ws/…`. */
  readonly ws: string;
  readonly type: WireType;
  /** What a row is, for people. */
  readonly title: string;
}

/** Addresses of the eleven streams. */
export const STREAMS: Readonly<Record<StreamName, StreamInfo>> = {
  nbbo: {
    name: "nbbo",
    current: "/nbbo/options",
    history: "nbbo",
    replay: "nbbo",
    ws: "options-nbbo",
    type: "option-nbbo",
    title: "option NBBO",
  },
  options: {
    name: "options",
    current: "/prints/options",
    history: "options",
    replay: "options",
    ws: "options",
    type: "option-print",
    title: "option prints",
  },
  "equity-quotes": {
    name: "equity-quotes",
    current: "/quotes/equities",
    history: "equity-quotes",
    replay: "equity-quotes",
    ws: "equity-quotes",
    type: "equity-quote",
    title: "equity quotes",
  },
  equities: {
    name: "equities",
    current: "/prints/equities",
    history: "equities",
    replay: "equities",
    ws: "equities",
    type: "equity-print",
    title: "equity prints",
  },
  "equity-joins": {
    name: "equity-joins",
    current: "/joins/equities",
    history: "equity-joins",
    replay: "equity-joins",
    ws: "equity-joins",
    type: "equity-join",
    title: "equity prints joined to quotes",
  },
  candles: {
    name: "candles",
    current: "/candles/equities",
    history: null,
    replay: "equity-candles",
    ws: "equity-candles",
    type: "equity-candle",
    title: "candles",
  },
  "inferred-dark": {
    name: "inferred-dark",
    current: "/dark/inferred",
    history: "inferred-dark",
    replay: "inferred-dark",
    ws: "inferred-dark",
    type: "inferred-dark",
    title: "inferred off-exchange activity",
  },
  flow: {
    name: "flow",
    current: "/flow/packets",
    history: "flow",
    replay: "flow",
    ws: "flow",
    type: "flow-packet",
    title: "flow packets",
  },
  "smart-money": {
    name: "smart-money",
    current: "/flow/smart-money",
    history: "smart-money",
    replay: "smart-money",
    ws: "smart-money",
    type: "smart-money",
    title: "smart-money events",
  },
  "classifier-hits": {
    name: "classifier-hits",
    current: "/flow/classifier-hits",
    history: "classifier-hits",
    replay: "classifier-hits",
    ws: "classifier-hits",
    type: "classifier-hit",
    title: "classifier hits",
  },
  alerts: {
    name: "alerts",
    current: "/flow/alerts",
    history: "alerts",
    replay: "alerts",
    ws: "alerts",
    type: "alert",
    title: "alerts",
  },
};

const BY_HISTORY = new Map(
  STREAM_NAMES.flatMap((name) => {
    const { history } = STREAMS[name];
    return history === null ? [] : [[history, name] as const];
  }),
);
const BY_REPLAY = new Map(STREAM_NAMES.map((name) => [STREAMS[name].replay, name]));
const BY_WS = new Map(STREAM_NAMES.map((name) => [STREAMS[name].ws, name]));

/** Stream behind `/history/{path}`, or null. */
export function streamOfHistory(path: string): StreamName | null {
  return BY_HISTORY.get(path) ?? null;
}

/** Stream behind `/replay/{path}`, or null. */
export function streamOfReplay(path: string): StreamName | null {
  return BY_REPLAY.get(path) ?? null;
}

/** Stream behind `/ws/{path}`, or null. */
export function streamOfSocket(path: string): StreamName | null {
  return BY_WS.get(path) ?? null;
}
