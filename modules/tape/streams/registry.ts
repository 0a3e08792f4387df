import type { StreamName } from "../../../engine/frames/mod.ts";
import type { AnyRecord } from "../cursor.ts";
import type { Candidate } from "../stored_row.ts";
import type { AnyStream, Channel } from "./stream.ts";

/** A channel of the live socket, and the stream that it carries. */
export interface ChannelRule extends Channel {
  readonly stream: StreamName;
}

/** Filters that every stream has. */
interface Common {
  readonly underlying_id?: string | undefined;
  readonly underlying_ids?: readonly string[] | undefined;
  readonly source?: string | undefined;
}

type Test = (row: Candidate) => boolean;

function commonTests(filters: Common): Test[] {
  const tests: Test[] = [];
  const { underlying_id, underlying_ids, source } = filters;
  if (underlying_id !== undefined || underlying_ids !== undefined) {
    const symbols = new Set(underlying_ids ?? []);
    if (underlying_id !== undefined) symbols.add(underlying_id);
    tests.push((row) => symbols.has(row.underlying));
  }
  if (source !== undefined) {
    tests.push(({ record }) => (record as AnyRecord).trace_id.startsWith(source));
  }

  return tests;
}

/** The streams that there are, and what is asked of them: every table of streams is read from here. */
export class Streams {
  readonly list: readonly AnyStream[];
  /**
   * Names of the streams, in the order in which one instant's records go out: quotes before prints, then
   * what follows.
   */
  readonly names: readonly StreamName[];
  readonly #byName: ReadonlyMap<string, AnyStream>;
  readonly #channels: ReadonlyMap<string, ChannelRule>;

  /** @throws {RangeError} When two streams share a name or a channel. */
  constructor(list: readonly AnyStream[]) {
    this.list = list;
    this.names = list.map(({ name }) => name as StreamName);
    this.#byName = new Map(list.map((stream) => [stream.name, stream]));
    const channels = list.flatMap(({ name, channels }) =>
      Object.entries(channels).map(([channel, rule]) =>
        [channel, { ...rule, stream: name as StreamName }] as const
      )
    );
    this.#channels = new Map(channels);
    if (this.#byName.size < list.length || this.#channels.size < channels.length) {
      throw new RangeError("Cannot register two streams or channels of one name");
    }
  }

  /** Names of the live channels. */
  get channels(): readonly string[] {
    return [...this.#channels.keys()];
  }

  /** A stream by its name. @throws {RangeError} When there is none. */
  of(name: string): AnyStream {
    const stream = this.#byName.get(name);
    if (stream === undefined) throw new RangeError(`Cannot find a stream named "${name}"`);
    return stream;
  }

  /** The rule of a live channel. @throws {RangeError} When there is none. */
  channel(name: string): ChannelRule {
    const rule = this.#channels.get(name);
    if (rule === undefined) throw new RangeError(`Cannot find a channel named "${name}"`);
    return rule;
  }

  /** Stream behind `/replay/{path}`, or null. */
  ofReplay(path: string): StreamName | null {
    return this.#where(({ paths }) => paths.replay === path);
  }

  /** Stream behind `/ws/{path}`, or null. */
  ofSocket(path: string): StreamName | null {
    return this.#where(({ paths }) => paths.ws === path);
  }

  /**
   * The test that a stream's parsed filters stand for; undefined when every row passes. The same for pages
   * and for sockets.
   */
  filter(stream: string, filters: object): Test | undefined {
    // A candidate of the stream holds a record of it, which is what the stream's own tests take.
    const own = this.of(stream).tests(filters) as readonly ((record: unknown) => boolean)[];
    const tests = [...commonTests(filters), ...own.map((test): Test => (row) => test(row.record))];
    return tests.length === 0 ? undefined : (row) => tests.every((test) => test(row));
  }

  #where(test: (stream: AnyStream) => boolean): StreamName | null {
    const found = this.list.find(test);
    return found === undefined ? null : found.name as StreamName;
  }
}
