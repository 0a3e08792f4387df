import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { readTheme } from "../../canvas/mod.ts";
import { RowPainter, type TableColumn } from "../../table/mod.ts";
import { EXCHANGE_ZONE_LABEL, exchangeClock, signed } from "../../text/mod.ts";
import { priceScaleOf } from "../price_text.ts";
import { printColumns } from "./columns.ts";
import { drawDelta } from "./delta_line.ts";
import type { PrintFilter, PrintRow } from "./print.ts";
import type { PrintFeed } from "./print_feed.ts";
import { type PrintCounts, PrintView } from "./print_view.ts";
import { PrintChips } from "./PrintChips.tsx";
import { Still } from "./Still.tsx";

/** What time and sales are made with. */
export interface TimeAndSalesProps {
  readonly feed: PrintFeed;
  /** Goes up when prints came, and four times a second. */
  readonly beat: number;
  readonly filter: PrintFilter;
  readonly setFilter: (filter: PrintFilter) => void;
  /** While true the rows in sight stay. */
  readonly isPaused: boolean;
  /** Nothing later is shown, epoch ms; Infinity while the market lives. */
  readonly untilMs: number;
  /** Start of the rows' element ids, unique on the page. */
  readonly prefix: string;
}

const ROW_PX = 24;
const QUEUED_CAP = 999;
const NO_PRINTS: PrintCounts = { shown: 0, all: 0, byAggressor: new Map(), bySize: new Map() };

const KIND = {
  idOf: (row: PrintRow) => `${row.id}`,
  stampOf: () => 0,
  wholeText: (row: PrintRow) => row.kind === "gap" ? `▨ ${row.text}` : null,
};
const MARKS = {
  version: 0,
  classOf: (row: PrintRow) => row.kind === "gap" ? "gap" : "",
  noteOf: () => "",
};

/** Individual prints, newest first, with what is shown of them, and their cumulative delta below. */
export function TimeAndSales(props: TimeAndSalesProps) {
  const { feed, filter, untilMs, isPaused } = props;
  const [isScrolled, setScrolled] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const view = useMemo(() => new PrintView(), [feed]);
  const config = feed.config.value;
  const columns = useMemo(
    () => config === null ? [] : printColumns(priceScaleOf(config), config.qtyUnit),
    [config],
  );
  view.hold(isScrolled || isPaused);
  const { book } = feed;
  const counts = book === null ? NO_PRINTS : view.show(book, filter, untilMs);
  usePainter(scroller, box, view, columns, props);
  const jump = () => {
    scroller.current!.scrollTop = 0;
    setScrolled(false);
  };
  const newest = untilMs === Infinity ? "live" : "the newest";
  const queued = view.queued > QUEUED_CAP ? `${QUEUED_CAP}+` : `${view.queued}`;
  return (
    <div class="prints tape">
      <PrintChips filter={filter} counts={counts} set={props.setFilter} />
      <div class="print-grid" role="grid" aria-label="Time and sales" aria-readonly="true">
        <div class="tape-head" role="row">
          {columns.map(({ id, label, title, isText }) => (
            <span
              key={id}
              role="columnheader"
              class={isText === true ? "c words" : "c"}
              title={title}
            >
              {label}
            </span>
          ))}
        </div>
        <div
          class="tape-scroll"
          ref={scroller}
          tabIndex={0}
          data-focus
          role="rowgroup"
          aria-label="Prints, the newest first"
          onScroll={({ currentTarget }) => setScrolled(currentTarget.scrollTop > 2)}
        >
          <Still>
            <div class="tape-rows" ref={box} />
          </Still>
        </div>
      </div>
      {isScrolled && (
        <button type="button" class="jump" onClick={jump}>
          {`${view.queued === 0 ? "Held" : `${queued} new`} · jump to ${newest}`}
        </button>
      )}
      {counts.shown === 0 && <p class="tape-empty">{emptyText(feed, counts)}</p>}
      <DeltaFoot {...props} />
    </div>
  );
}

function emptyText(feed: PrintFeed, { all }: PrintCounts): string {
  if (feed.book === null) return "Waiting for the market.";
  return all === 0 ? "Nothing has traded yet." : "No print passes the filter.";
}

/** Draws the rows in sight after every change and scroll. */
function usePainter(
  scroller: { readonly current: HTMLDivElement | null },
  box: { readonly current: HTMLDivElement | null },
  view: PrintView,
  columns: readonly TableColumn<PrintRow>[],
  { prefix, beat, filter, untilMs, isPaused }: TimeAndSalesProps,
): void {
  const painter = useRef<RowPainter<PrintRow> | null>(null);
  const paint = () => {
    const own = scroller.current;
    if (own === null || painter.current === null) return;
    painter.current.paint(view, MARKS, null, ROW_PX, own.scrollTop, own.clientHeight);
  };
  const latest = useRef(paint);
  latest.current = paint;
  // With the counts beside them, not a frame later.
  useLayoutEffect(() => {
    painter.current = new RowPainter<PrintRow>(box.current!, prefix, KIND);
    const onMove = () => latest.current();
    const observer = new ResizeObserver(onMove);
    observer.observe(scroller.current!);
    scroller.current!.addEventListener("scroll", onMove, { passive: true });
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    painter.current?.setColumns(columns);
    paint();
  }, [columns, view, view.isHeld, beat, filter, untilMs, isPaused]);
}

/** Cumulative delta of all prints, whatever the filter shows. */
function DeltaFoot({ feed, untilMs, beat }: TimeAndSalesProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { book } = feed;
  const delta = book?.delta(untilMs) ?? null;
  const unit = feed.config.value?.qtyUnit ?? "contracts";
  useEffect(() => {
    if (book !== null && canvas.current !== null) {
      drawDelta(canvas.current, book, untilMs, readTheme(), globalThis.devicePixelRatio);
    }
  }, [beat, book, untilMs]);
  const text = delta === null || delta.sinceMs === null ? "–" : `${signed(delta.now, 0)} ${unit}`;
  const since = delta === null || delta.sinceMs === null
    ? "no print yet"
    : `all prints since ${exchangeClock(delta.sinceMs)} ${EXCHANGE_ZONE_LABEL}`;
  return (
    <div class="delta">
      <p title="Contracts bought less contracts sold by aggressors">
        Cumulative delta <b class="mono" data-delta>{text}</b> <span>{since}</span>
      </p>
      <canvas
        ref={canvas}
        role="img"
        aria-label={`Cumulative delta, print by print, now ${text}`}
      />
    </div>
  );
}
