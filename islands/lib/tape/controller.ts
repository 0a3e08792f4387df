import { batch, type Signal, signal } from "@preact/signals";
import type { EventMarks } from "./event_marks.ts";
import { columnsOf, fitColumns, gridTemplate, GROUPED_TAPE } from "./columns.ts";
import { queryOf, rowTest } from "./filters.ts";
import type { TapeFilter } from "./tape_filter.ts";
import { type GroupRow, GroupSums } from "./groups.ts";
import type { TapeHub } from "./hub.ts";
import { type RowMarks, RowPainter, type RowSource } from "../table/mod.ts";
import { type AnyColumn, type PaintRow, TAPE_ROWS } from "./paint_row.ts";
import { channelNamed } from "./channels/mod.ts";
import { queryKey } from "./tape_query.ts";
import type { TapeChannel, TapeRow } from "./rows.ts";
import type { OlderState, TapeStream } from "./stream.ts";
import { TapeView } from "./view.ts";

/** Sorted and grouped tapes are put in order so often at most, ms. */
const ORDER_MS = 500;
/** Rows from the end at which older ones are fetched. */
const OLDER_MARGIN = 20;
/** Scrolled further than this the tape is held, px. */
const HOLD_PX = 2;
/** Newest rows over which it is reckoned how far apart they come. */
const SPACING_ROWS = 20;
/** A tape is late when nothing newer is drawn for a second and as long as so many rows take. */
const LATE_MS = 1_000;
const LATE_ROWS = 5;
/** The same of a channel on which silence means nothing, ms. */
const QUIET_MS = 15_000;

/** A tape's clockwork: its stream, filter, order, what is held, and the drawing of its rows. */
export class TapeController {
  readonly channel: TapeChannel;
  readonly columns: Signal<readonly AnyColumn[]> = signal<readonly AnyColumn[]>([]);
  readonly queued: Signal<number> = signal(0);
  readonly isHeld: Signal<boolean> = signal(false);
  readonly isEmpty: Signal<boolean> = signal(true);
  readonly hasSnapshot: Signal<boolean> = signal(false);
  readonly older: Signal<OlderState> = signal<OlderState>("idle");
  readonly selected: Signal<PaintRow | null> = signal<PaintRow | null>(null);
  readonly #hub: TapeHub;
  readonly #marks: EventMarks;
  readonly #prefix: string;
  #filter: TapeFilter | null = null;
  #symbols: readonly string[] = [];
  #stream: TapeStream | null = null;
  #view: TapeView | null = null;
  #groups: GroupSums | null = null;
  #ordered: readonly PaintRow[] | null = null;
  #orderedAt = 0;
  /** Time of the newest row when the rows were put in order. */
  #orderedTs: number | null = null;
  #orderTimer: ReturnType<typeof setTimeout> | undefined;
  #painter: RowPainter<PaintRow> | null = null;
  #scroller: HTMLElement | null = null;
  #box: HTMLElement | null = null;
  #rowPx = 24;
  /** Height of the head, which stays in sight over the rows. */
  #headPx = 0;
  #activeId: string | null = null;
  readonly #rowMarks: RowMarks<PaintRow>;
  readonly #all: readonly AnyColumn[];
  #isPaused = false;
  #frame = 0;
  #size = -1;
  #isChanging = false;

  /** @param rowMarks How single rows stand out. @param all Every column that there is. */
  constructor(
    channel: TapeChannel,
    prefix: string,
    hub: TapeHub,
    marks: EventMarks,
    rowMarks: RowMarks<PaintRow>,
    all: readonly AnyColumn[] = columnsOf(channel),
  ) {
    this.channel = channel;
    this.#all = all;
    this.#prefix = prefix;
    this.#hub = hub;
    this.#marks = marks;
    this.#rowMarks = rowMarks;
  }

  get stream(): TapeStream | null {
    return this.#stream;
  }

  get view(): TapeView | null {
    return this.#view;
  }

  /** Told in the frame of every drawing of the time of the newest row on it; null when there is none. */
  onDrawn: (newestTs: number | null) => void = () => {};

  /** Rows that have come and wait to be drawn, and how far apart rows are: see {@link rowScreen}. */
  get lateAfterMs(): number {
    const limitMs = channelNamed(this.channel).staleMs ?? QUIET_MS;
    const [newest, older] = [this.#view?.at(0), this.#view?.at(SPACING_ROWS)];
    if (newest === undefined || older === undefined) return limitMs;
    const spacingMs = (newest.ts - older.ts) / SPACING_ROWS;
    return Math.min(limitMs, LATE_MS + LATE_ROWS * spacingMs);
  }

  /** Begins to draw into the document. Returns the undo. */
  attach(scroller: HTMLElement, box: HTMLElement): () => void {
    this.#scroller = scroller;
    this.#box = box;
    this.#painter = new RowPainter(box, this.#prefix, TAPE_ROWS);
    const onScroll = () => this.#onScroll();
    scroller.addEventListener("scroll", onScroll, { passive: true });
    const observer = new ResizeObserver(() => this.#fit());
    observer.observe(scroller);
    const unmark = this.#marks.listen(() => {
      if (this.#filter?.smartOnly === true && this.channel === "options") this.#retest();
      else this.paint();
    });
    this.#fit();
    return () => {
      scroller.removeEventListener("scroll", onScroll);
      observer.disconnect();
      unmark();
      cancelAnimationFrame(this.#frame);
      clearTimeout(this.#orderTimer);
      this.#view?.close();
      if (this.#stream !== null) this.#hub.release(this.#stream);
      this.#view = null;
      this.#stream = null;
      this.#filter = null;
      this.#painter = null;
      this.#scroller = null;
      this.#box = null;
    };
  }

  /** Rows to begin with, newest first, until the first ones come from the socket. */
  seed: readonly TapeRow[] = [];

  /** Shows what a filter lets through, of some symbols; all symbols when none are named. */
  show(filter: TapeFilter, symbols: readonly string[]): void {
    if (filter === this.#filter && symbols === this.#symbols) return;
    const regroup = filter.group !== this.#filter?.group;
    this.#isChanging = true;
    this.#filter = filter;
    this.#symbols = symbols;
    this.#ordered = null;
    const query = queryOf(this.channel, filter, symbols);
    if (this.#stream === null || this.#stream.key !== queryKey(query)) {
      const before = this.#stream;
      this.#stream = this.#hub.acquire(query);
      if (before === null) this.#stream.seed(this.seed.filter(this.#test(filter)));
      if (before !== null) this.#hub.release(before);
      this.#newView();
    } else if (regroup) this.#newView();
    else this.#retest();
    this.#isChanging = false;
    this.#fit();
  }

  /** Stops the rows in sight, or lets them go on. */
  pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
    this.#view?.pause(isPaused);
  }

  /** Goes back to the newest row and lets the tape run. */
  jump(): void {
    this.selected.value = null;
    if (this.#scroller !== null) this.#scroller.scrollTop = 0;
    this.#view?.hold(false);
    this.#sync();
    this.paint();
  }

  /** Moves the selection by rows; the tape is held meanwhile. */
  move(rows: number): void {
    const source = this.#source();
    if (source === null || source.size === 0) return;
    const at = this.#indexOf(source, this.selected.value);
    const next = at < 0 ? 0 : Math.min(source.size - 1, Math.max(0, at + rows));
    this.select(source.at(next) ?? null);
    this.#reveal(next);
  }

  /** Moves to the first or the last row that is loaded. */
  moveToEnd(isLast: boolean): void {
    this.move(isLast ? STREAM_END : -STREAM_END);
  }

  /** Forgets the selected row; the tape runs on unless it is scrolled. */
  letGo(): void {
    this.select(null);
    if ((this.#scroller?.scrollTop ?? 0) <= HOLD_PX) this.#view?.hold(false);
  }

  #letGoOfWhatIsGone(): void {
    const row = this.selected.peek();
    const source = this.#source();
    if (row !== null && source !== null && this.#indexOf(source, row) < 0) this.letGo();
  }

  select(row: PaintRow | null): void {
    this.selected.value = row;
    if (row !== null) this.#view?.hold(true);
    this.#sync();
    this.paint();
  }

  /** Row under an element of the page. */
  rowAt(target: Element): PaintRow | null {
    return this.#painter?.rowAt(target) ?? null;
  }

  /** Every row that the filter lets through, newest first or in the order chosen. */
  *rows(): Generator<PaintRow> {
    const source = this.#source();
    if (source === null) return;
    for (let i = 0; i < source.size; i++) {
      const row = source.at(i);
      if (row !== undefined) yield row;
    }
  }

  /** Draws the rows in sight. */
  paint(): void {
    const source = this.#source();
    if (this.#painter === null || this.#scroller === null || source === null) return;
    if (this.#isChanging) return; // rows of another kind than the columns in force
    if (source.size !== this.#size) {
      this.#size = source.size;
      this.#scroller.setAttribute("aria-rowcount", `${source.size + 1}`);
    }
    this.#painter.paint(
      source,
      this.#rowMarks,
      this.selected.peek()?.id ?? null,
      this.#rowPx,
      this.#scroller.scrollTop,
      this.#scroller.clientHeight - this.#headPx,
    );
    const isPlain = this.#filter?.sort === null && this.#filter.group === "none";
    this.onDrawn(isPlain ? this.#view?.at(0)?.ts ?? null : this.#orderedTs);
    this.#tellSelected(this.#scroller, this.#painter);
  }

  /** Names the element of the selected row while it is drawn. */
  #tellSelected(scroller: HTMLElement, painter: RowPainter<PaintRow>): void {
    const row = this.selected.peek();
    const id = row === null ? null : painter.elementId(row);
    if (id === this.#activeId) return;
    this.#activeId = id;
    if (id === null) scroller.removeAttribute("aria-activedescendant");
    else scroller.setAttribute("aria-activedescendant", id);
  }

  #newView(): void {
    this.#view?.close();
    const filter = this.#filter;
    if (this.#stream === null || filter === null) return;
    this.#groups = filter.group === "none"
      ? null
      : new GroupSums(filter.group, (row) => this.#marks.of(row.id)?.profile ?? "");
    this.selected.value = null;
    if (this.#scroller !== null) this.#scroller.scrollTop = 0;
    this.#view = new TapeView(
      this.#stream,
      this.#test(filter),
      (kind) => this.#changed(kind === "rebuilt"),
      this.#groups,
    );
    this.#view.pause(this.#isPaused);
    this.#changed();
  }

  #test(filter: TapeFilter) {
    const test = rowTest(filter, this.#symbols, (id) => this.#marks.of(id));
    // Holes have no place in an order other than that of time.
    const isTimed = filter.sort === null && filter.group === "none";
    return isTimed ? test : (row: TapeRow) => row.kind !== "gap" && test(row);
  }

  #retest(): void {
    if (this.#filter !== null) this.#view?.filter(this.#test(this.#filter));
  }

  #source(): RowSource<PaintRow> | null {
    const { sort, group } = this.#filter ?? { sort: null, group: "none" };
    if (this.#view === null) return null;
    if (sort === null && group === "none") return this.#view;
    const rows = this.#ordered ?? this.#order();
    return { size: rows.length, at: (index) => rows[index] };
  }

  #order(): readonly PaintRow[] {
    this.#orderedAt = performance.now();
    this.#orderedTs = this.#view?.at(0)?.ts ?? null;
    const { sort, group } = this.#filter ?? { sort: null, group: "none" };
    if (group !== "none" && this.#groups !== null) {
      const rows: readonly GroupRow[] = this.#groups.sorted(
        sort?.column ?? "premium",
        sort?.isDown ?? true,
      );
      return this.#ordered = rows;
    }
    const figure = this.#all.find(({ id }) => id === sort?.column)?.figure;
    const rows: PaintRow[] = [...this.#view ?? []];
    const sign = sort?.isDown === false ? 1 : -1;
    if (figure !== undefined) rows.sort((a, b) => sign * (figure(a) - figure(b)));
    return this.#ordered = rows;
  }

  /** @param isRebuilt Any row may be gone, the selected one too. */
  #changed(isRebuilt = false): void {
    if (isRebuilt) this.#letGoOfWhatIsGone();
    const isOrdered = this.#filter?.sort !== null || this.#filter.group !== "none";
    if (isOrdered && this.#view?.isFrozen !== true) {
      const wait = ORDER_MS - (performance.now() - this.#orderedAt);
      if (wait <= 0) this.#order();
      else {
        this.#orderTimer ??= setTimeout(() => {
          this.#orderTimer = undefined;
          this.#order();
          this.#sync();
          this.paint();
        }, wait);
      }
    }
    this.#sync();
    this.paint();
  }

  #sync(): void {
    const view = this.#view;
    if (view === null || this.#stream === null) return;
    const stream = this.#stream;
    batch(() => {
      this.queued.value = view.queued;
      this.isHeld.value = view.isHeld;
      this.isEmpty.value = view.size === 0;
      this.hasSnapshot.value = stream.hasSnapshot;
      this.older.value = stream.older;
    });
  }

  #onScroll(): void {
    const scroller = this.#scroller;
    const view = this.#view;
    if (scroller === null || view === null) return;
    if (scroller.scrollTop > HOLD_PX) view.hold(true);
    else if (this.selected.value === null) view.hold(false);
    const left = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    const isPlain = this.#filter?.sort === null && this.#filter.group === "none";
    if (isPlain && scroller.scrollTop > 0 && left < OLDER_MARGIN * this.#rowPx) {
      void this.#stream?.loadOlder();
    }
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.paint());
    this.#sync();
  }

  #fit(): void {
    const scroller = this.#scroller;
    if (scroller === null || this.#filter === null || this.#painter === null) return;
    const grouped = this.#filter.group !== "none";
    const chosen = this.#filter.columns;
    const all = grouped ? GROUPED_TAPE : this.#all;
    const wanted = grouped || chosen === null ? all : chosen
      .flatMap((id) => all.find((column) => column.id === id) ?? []);
    const columns = fitColumns(wanted.length === 0 ? all : wanted, scroller.clientWidth);
    const row = getComputedStyle(scroller).getPropertyValue("--row");
    this.#rowPx = Number.parseInt(row, 10) || 24;
    this.#headPx = (this.#box?.offsetTop ?? 0) - scroller.offsetTop;
    const before = this.columns.peek();
    if (columns.length !== before.length || columns.some((column, i) => column !== before[i])) {
      this.columns.value = columns;
      scroller.parentElement?.style.setProperty("--cols", gridTemplate(columns));
      this.#painter.setColumns(columns);
    }
    this.paint();
  }

  #reveal(index: number): void {
    const scroller = this.#scroller;
    if (scroller === null) return;
    const top = index * this.#rowPx;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else {
      const seenPx = scroller.clientHeight - this.#headPx;
      if (top + this.#rowPx > scroller.scrollTop + seenPx) {
        scroller.scrollTop = top + this.#rowPx - seenPx;
      }
    }
    this.paint();
  }

  #indexOf(source: RowSource<PaintRow>, row: PaintRow | null): number {
    if (row === null) return -1;
    for (let i = 0; i < source.size; i++) if (source.at(i)?.id === row.id) return i;
    return -1;
  }
}

const STREAM_END = 1e6;
