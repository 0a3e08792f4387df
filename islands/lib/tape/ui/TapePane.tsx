import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { TapeController } from "../controller.ts";
import { columnsOf } from "../columns.ts";
import type { AnyColumn, PaintRow } from "../paint_row.ts";
import type { TapeDesk } from "../tape_desk.ts";
import { filterText, readFilter, type TapeFilter } from "../tape_filter.ts";
import { rowsToCsv, rowsToNdjson } from "../export.ts";
import { isOpen } from "../../socket/mod.ts";
import type { RowMarks } from "../../table/mod.ts";
import type { TapeChannel } from "../rows.ts";
import { queuedText } from "../view.ts";
import { type Provenance, stampSlug, stampText } from "../../../../modules/kit/contract.ts";
import {
  type Chord,
  CHORDS,
  type EvidenceRef,
  PaneFrame,
  type PaneProps,
  rowProvenance,
  saveFile,
} from "../../pane/mod.ts";
import { keyName } from "../../text/mod.ts";
import { evidenceOf } from "../evidence_of.ts";
import { FilterBar } from "./FilterBar.tsx";
import { FilterChips } from "./FilterChips.tsx";
import { FirstRows, Still } from "./FirstRows.tsx";
import { TapeHead } from "./TapeHead.tsx";
import { rowMarks } from "../row_marks.ts";
import { tapeScreen } from "../tape_screen.ts";

/** What a tape pane is made with beyond the pane's own. */
export interface TapePaneProps extends PaneProps<TapeDesk> {
  readonly channel: TapeChannel;
  /** Filter of a pane whose settings are empty. */
  readonly first?: string;
  /** What the empty pane says. */
  readonly empty: string;
  /** Further buttons in the head. */
  readonly tools?: ComponentChildren;
  readonly marks?: RowMarks<PaintRow>;
  readonly columns?: readonly AnyColumn[];
  /** Goes up when marks or columns say something else of rows already drawn. */
  readonly version?: number;
  /** What stands between head and rows. */
  readonly above?: ComponentChildren;
  /** Does what a key or a click on a column means for a row; false when it means nothing. */
  readonly act?: (keyOrColumn: string, row: PaintRow) => boolean;
}

/** A tape: virtual rows of one channel with filter, hold, pause, groups and export. */
export function TapePane(props: TapePaneProps) {
  const { desk, node, channel } = props;
  const settings = node.settings === "" ? props.first ?? "" : node.settings;
  const filter = useMemo(() => readFilter(settings), [settings]);
  const symbols = desk.symbolsOf(node);
  const { tape, screen, scroller, box } = useTape(props, filter, symbols);
  const clicked = useClickedRow(desk, tape);
  const change = (next: Partial<TapeFilter>) =>
    desk.update(node.key, { settings: filterText({ ...filter, ...next }) || "view=signal" });
  const all = props.columns ?? columnsOf(channel);
  const save = (kind: "csv" | "ndjson") => {
    const rows = tape.rows();
    const of = rowProvenance(desk, symbols.join(", "));
    const stamp = of === null ? "" : stampText(of);
    const name = fileName(channel, of, kind);
    const [text, type] = kind === "csv"
      ? [rowsToCsv(rows, stamp), "text/csv"]
      : [rowsToNdjson(rows, stamp), "application/x-ndjson"];
    saveFile(name, new Blob([text], { type }));
  };
  return (
    <PaneFrame
      desk={desk}
      node={node}
      screen={screen}
      tools={props.tools}
      hasPause
      exports={[["Save CSV", () => save("csv")], ["Save NDJSON", () => save("ndjson")]]}
      filter={<FilterBar tape={tape} filter={filter} change={change} />}
      isFiltered={settings !== (props.first ?? "")}
    >
      {props.above}
      <FilterChips {...{ desk, channel, filter, symbols, change }} />
      <div class="tape" data-fit={tape.columns.value.length === 0 ? channel : undefined}>
        <div
          class="tape-scroll"
          ref={scroller}
          tabIndex={0}
          data-focus
          role="grid"
          aria-label={`${channel} tape`}
          aria-readonly="true"
          onKeyDown={(event) => onKey(event, props, tape)}
          onClick={({ target }) => {
            const [row, column] = cellAt(target as Element, tape);
            if (row === null || props.act?.(column, row) === true) return;
            choose(props, tape, filter, change, row);
            clicked.current = desk.evidence.peek();
          }}
        >
          <TapeHead tape={tape} all={all} filter={filter} change={change} />
          <Still>
            <div class="tape-rows" role="rowgroup" ref={box}>
              <FirstRows rows={tape.seed} columns={all} />
            </div>
          </Still>
        </div>
        <Foot {...props} tape={tape} />
      </div>
    </PaneFrame>
  );
}

/** Name of a file of rows, with what kind of data they are. */
function fileName(channel: TapeChannel, of: Provenance | null, kind: string): string {
  const word = of === null ? "" : `${stampSlug(of)}-`;
  return `lotus-${channel}-${word}${new Date().toISOString().slice(0, 19)}.${kind}`;
}

/** What the evidence shows by a click in a tape; once it shows it no more, the tape is let go. */
function useClickedRow(desk: TapeDesk, tape: TapeController): { current: EvidenceRef | null } {
  const clicked = useRef<EvidenceRef | null>(null);
  const shown = desk.overlays.value.includes("evidence") ? desk.evidence.value : null;
  useEffect(() => {
    if (clicked.current === null || clicked.current === shown) return;
    clicked.current = null;
    tape.letGo();
  }, [shown]);
  return clicked;
}

/** A tape that reads and draws while its pane stands. */
function useTape(props: TapePaneProps, filter: TapeFilter, symbols: readonly string[]) {
  const { desk, node, channel } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const tape = useMemo(
    () =>
      new TapeController(
        channel,
        `row-${node.key}`,
        desk.hub,
        desk.marks,
        props.marks ?? rowMarks(desk.marks),
        props.columns,
      ),
    [channel],
  );
  const screen = useMemo(() => tapeScreen(desk, node, tape), [tape]);
  const isPaused = desk.isPaused(node);
  tape.seed = desk.first[channel] ?? [];
  // Before the next frame: between the rows of the server and those of the page nothing must jump.
  useLayoutEffect(() => tape.attach(scroller.current!, box.current!), [tape]);
  useLayoutEffect(() => tape.show(filter, symbols), [tape, filter, symbols]);
  useEffect(() => tape.pause(isPaused), [tape, isPaused]);
  useEffect(() => tape.paint(), [props.version]);
  return { tape, screen, scroller, box };
}

/** Row under an element of the page, and the id of the column, "" outside of all. */
function cellAt(target: Element, tape: TapeController): readonly [PaintRow | null, string] {
  const cell = target.closest("[role=gridcell]");
  const index = cell === null ? -1 : [...cell.parentElement!.children].indexOf(cell);
  return [tape.rowAt(target), tape.columns.value[index]?.id ?? ""];
}

/** What stands over or below the rows: counter of queued ones, emptiness, older rows. */
function Foot(props: TapePaneProps & { readonly tape: TapeController }) {
  const { tape, desk, node } = props;
  const isPaused = desk.isPaused(node);
  const queued = tape.queued.value;
  const isHeld = tape.isHeld.value;
  const newest = desk.clock.mode.value === "replay" ? "the newest" : "live";
  const older = tape.older.value;
  const isReading = isOpen(desk.link.state.value);
  return (
    <>
      {isHeld && (
        <button type="button" class="jump" onClick={() => tape.jump()}>
          {`${queued === 0 ? "Held" : `${queuedText(queued)} new`} · jump to ${newest}`}
        </button>
      )}
      {isPaused && !isHeld && (
        <button
          type="button"
          class="jump"
          onClick={() => desk.togglePaused(node)}
        >
          {`❚❚ Paused · ${queuedText(queued)} new · resume`}
        </button>
      )}
      {tape.isEmpty.value && (tape.hasSnapshot.value || !isReading) && (
        <p class="tape-empty">
          {!tape.hasSnapshot.value
            ? "Waiting for the live socket."
            : desk.link.health.value.making?.message ?? props.empty}
        </p>
      )}
      {isHeld && older === "loading" && <p class="tape-older" role="status">Loading older rows…</p>}
      {isHeld && older === "failed" && (
        <button
          type="button"
          class="tape-older"
          onClick={() => void tape.stream?.loadOlder()}
        >
          Older rows could not be loaded · try again
        </button>
      )}
      {isHeld && older === "full" && (
        <p class="tape-older">
          5 000 rows are the most a pane keeps; narrow the filter for older ones.
        </p>
      )}
    </>
  );
}

function choose(
  props: TapePaneProps,
  tape: TapeController,
  filter: TapeFilter,
  change: (next: Partial<TapeFilter>) => void,
  row: PaintRow,
): void {
  const { desk, node } = props;
  if (row.kind === "gap") {
    tape.stream?.fill(row).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      desk.notice.value = { text: why };
    });
  } else if (row.kind === "group") {
    if (filter.group === "symbol") desk.pickSymbol(node, row.id);
    else if (filter.group === "contract") change({ contract: row.id, group: "none", sort: null });
    else change({ profile: row.id, group: "none", sort: null });
  } else {
    tape.select(row);
    desk.followRow(node, row.symbol);
    desk.openEvidence(evidenceOf(row, desk.marks));
  }
}

function onKey(event: KeyboardEvent, props: TapePaneProps, tape: TapeController): void {
  // The buttons of the head have their own keys.
  if (event.target !== event.currentTarget) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const page = Math.max(1, Math.floor((event.currentTarget as HTMLElement).clientHeight / 24) - 2);
  const key = keyName(event);
  const isKey = (chord: Chord) => chord.keys.includes(key);
  const rows = isKey(CHORDS.down)
    ? 1
    : isKey(CHORDS.up)
    ? -1
    : isKey(CHORDS.pageDown)
    ? page
    : isKey(CHORDS.pageUp)
    ? -page
    : 0;
  const selected = tape.selected.value;
  if (selected !== null && props.act?.(key, selected) === true) tape.paint();
  else if (rows !== 0) tape.move(rows);
  else if (isKey(CHORDS.start)) tape.moveToEnd(false);
  else if (isKey(CHORDS.end)) tape.moveToEnd(true);
  else if (isKey(CHORDS.close) && tape.isHeld.value && props.desk.overlays.value.length === 0) {
    tape.jump();
  } else if (isKey(CHORDS.open) && selected !== null) {
    const filter = readFilter(props.node.settings || props.first || "");
    const change = (next: Partial<TapeFilter>) =>
      props.desk.update(props.node.key, { settings: filterText({ ...filter, ...next }) });
    choose(props, tape, filter, change, selected);
  } else return;
  event.preventDefault();
  event.stopPropagation();
}
