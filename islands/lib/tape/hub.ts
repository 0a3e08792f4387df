import type { LiveLink } from "../link/mod.ts";
import type { LinkItem } from "../socket/mod.ts";
import type { DataRow } from "./rows.ts";
import { TapeStream } from "./stream.ts";
import { channelOf, queryKey, type TapeQuery } from "./tape_query.ts";

interface Held {
  readonly stream: TapeStream;
  readonly end: () => void;
  users: number;
}

/** A stream that nobody has any more is kept so long, as panes come back, ms. */
const LINGER_MS = 5_000;

/** The tapes of a page: one stream of rows per query, over the page's link. */
export class TapeHub {
  readonly #link: LiveLink;
  readonly #held = new Map<string, Held>();

  constructor(link: LiveLink) {
    this.#link = link;
    let followed = link.url.peek();
    link.url.subscribe((url) => {
      // Rows of the time before would tell a replay its future, and stand among living ones after it.
      if (followed !== "" && url !== followed) this.#reset();
      followed = url;
    });
  }

  /** The stream of a query; give it back with {@link release}. */
  acquire(query: TapeQuery): TapeStream {
    const key = queryKey(query);
    const held = this.#held.get(key) ?? this.#open(query);
    held.users++;
    this.#held.set(key, held);
    return held.stream;
  }

  /** Gives a stream back; it ends when nobody has it. */
  release(stream: TapeStream): void {
    const held = this.#held.get(stream.key);
    if (held === undefined || held.stream !== stream) return;
    held.users--;
    setTimeout(() => {
      if (held.users > 0 || this.#held.get(stream.key) !== held) return;
      this.#held.delete(stream.key);
      held.end();
    }, LINGER_MS);
  }

  /** Event time of the newest row of any stream, epoch ms; 0 before the first. */
  newestTs(): number {
    let newest = 0;
    for (const { stream } of this.#held.values()) {
      newest = Math.max(newest, stream.rows.newest()?.ts ?? 0);
    }
    return newest;
  }

  #open(query: TapeQuery): Held {
    const stream = new TapeStream(query);
    const end = this.#link.subscribe(channelOf(query), (items) => {
      // The link's projection made these rows.
      stream.commit(items as readonly LinkItem<DataRow>[], Date.now());
    });
    return { stream, end, users: 0 };
  }

  #reset(): void {
    for (const { stream } of this.#held.values()) stream.reset();
  }
}
