import type { z } from "zod";

/** What the live socket does with a channel of a stream. */
export interface Channel {
  /** Rows of the first snapshot when the client names no number. */
  readonly snapshot: number;
  /** Hot channels lose their oldest rows to a slow reader; the others never lose one. */
  readonly hot: boolean;
  /** Age of the newest row from which the channel counts as stale, ms; null: rows come when they come. */
  readonly staleAfterMs: number | null;
}

/** Where the rows of a stream are served. */
export interface StreamPaths {
  /** Path of the newest rows, if it has a route of its own. */
  readonly current: string | null;
  /** Last part of `/history/…`; null when rows are read by range. */
  readonly history: string | null;
  /** Last part of `/replay/…`, and name of the stream in a replay session. */
  readonly replay: string;
  /** Last part of `/ws/…`. */
  readonly ws: string;
}

/**
 * Everything that is known of one stream, in one file: what a row is, how it is kept, narrowed and served.
 * The store, the API, the sockets, the lake and the documentation read it from here.
 */
export interface Stream<
  Name extends string,
  Shape extends z.ZodRawShape,
  Query extends z.ZodRawShape,
  Live extends z.ZodRawShape,
  Channels extends Readonly<Record<string, Channel>>,
> {
  readonly name: Name;
  /** What its rows are, for people. */
  readonly title: string;
  /** `type` of a message on its socket. */
  readonly type: string;
  /** A row. It is ordered by `ts` when it has that, else by `source_ts`. */
  readonly record: z.ZodObject<Shape>;
  /** Time span of the rows that one group of chunks holds, ms; a read takes a whole group. */
  readonly bucketMs: number;
  /** Longest time that a row is published after rows with a later time, ms. */
  readonly lateMs: number;
  /** Filters of pages, besides symbols and source: values are texts. */
  readonly query: Query;
  /** Filters of live subscriptions: values are JSON. */
  readonly live: Live;
  /** The tests that filters stand for, of a page or of a subscription. */
  tests(
    filters: Partial<z.infer<z.ZodObject<Query>>> & Partial<z.infer<z.ZodObject<Live>>>,
  ): readonly ((row: z.infer<z.ZodObject<Shape>>) => boolean)[];
  /** Its channels on the live socket, by name. */
  readonly channels: Channels;
  readonly paths: StreamPaths;
  /** A row as the documentation shows it. */
  readonly example: z.infer<z.ZodObject<Shape>>;
}

/** A stream whose types are forgotten: what the registry holds. */
export type AnyStream =
  & Omit<
    Stream<string, z.ZodRawShape, z.ZodRawShape, z.ZodRawShape, Readonly<Record<string, Channel>>>,
    "tests" | "example"
  >
  & {
    tests(filters: object): readonly ((row: never) => boolean)[];
    readonly example: object;
  };

/** Declares a stream; its types follow from what is given. */
export function defineStream<
  const Name extends string,
  Shape extends z.ZodRawShape,
  Query extends z.ZodRawShape,
  Live extends z.ZodRawShape,
  const Channels extends Readonly<Record<string, Channel>>,
>(
  stream: Stream<Name, Shape, Query, Live, Channels>,
): Stream<Name, Shape, Query, Live, Channels> {
  return stream;
}
