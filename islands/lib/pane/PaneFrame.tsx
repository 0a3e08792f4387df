import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import type { ScreenAge } from "../clock/mod.ts";
import type { Provenance } from "../../../modules/kit/contract.ts";
import { PaneStamp, rowProvenance } from "./Stamp.tsx";
import { type BadgeState, ScreenBadge } from "./ScreenBadge.tsx";
import type { PaneProps } from "./pane_kind.ts";
import { GROUP_COLOURS } from "./pane_node.ts";
import { Menu } from "./Menu.tsx";

/** What a frame is made with. */
export interface PaneFrameProps extends PaneProps {
  readonly children: ComponentChildren;
  /** How old the picture is: told in the head, and what is stale is greyed. */
  readonly screen?: ScreenAge;
  /** What is true of the picture, for panes that know more of it than its age. */
  readonly read?: () => BadgeState;
  /** What the pane shows; the page's live rows of its symbols when omitted, null while not known. */
  readonly provenance?: Provenance | null;
  /** Symbols that the pane shows, where they are not those that it is narrowed to. */
  readonly instrument?: string;
  /** What else is short and stands beside the age. */
  readonly status?: ComponentChildren;
  readonly tools?: ComponentChildren;
  readonly filter?: ComponentChildren;
  readonly isFiltered?: boolean;
  readonly hasPause?: boolean;
  /** What the pane gives the browser to save: the words of the menu, and what they do. */
  readonly exports?: readonly (readonly [string, () => void])[];
}

/** Head and border of a pane: title, symbol, age, pause, filter, size, menu. */
export function PaneFrame(props: PaneFrameProps) {
  const { desk, node } = props;
  const [isFilterOpen, setFilterOpen] = useState(false);
  const title = titleOf(props);
  const { screen } = props;
  const box = useRef<HTMLElement>(null);
  return (
    <section
      class="pane"
      ref={box}
      data-pane-key={node.key}
      data-pane={node.pane}
      data-focused={desk.focused.value === node.key ? "" : undefined}
      aria-label={title}
      onFocusIn={() => desk.focused.value = node.key}
      onPointerDown={() => desk.focused.value = node.key}
    >
      <div class="pane-head">
        {node.group !== null && (
          <span class="group-dot" data-group={node.group} title={`Linked: ${node.group}`}>
            {node.group[0]?.toUpperCase()}
          </span>
        )}
        <h2>{title}</h2>
        <Scope {...props} />
        {screen !== undefined && (
          <ScreenBadge
            class="age mono"
            screen={screen}
            read={props.read ?? (() => screen.state())}
            onKind={(kind) => {
              const pane = box.current;
              if (pane !== null && pane.dataset["state"] !== kind) pane.dataset["state"] = kind;
            }}
          />
        )}
        {props.status}
        <span class="grow" />
        {props.tools}
        <PaneTools
          {...props}
          isFilterOpen={isFilterOpen}
          toggleFilter={() => setFilterOpen(!isFilterOpen)}
        />
        <PaneMenu {...props} />
      </div>
      <PaneStamp desk={desk} node={node} of={provenanceOf(props)} />
      {isFilterOpen && props.filter}
      <div class="pane-body">{props.children}</div>
    </section>
  );
}

interface PaneToolsProps extends PaneFrameProps {
  readonly isFilterOpen: boolean;
  readonly toggleFilter: () => void;
}

/** Pause, filter and size. */
function PaneTools({ isFilterOpen, toggleFilter, ...props }: PaneToolsProps) {
  const { desk, node } = props;
  const title = titleOf(props);
  const isMax = desk.maximised.value === node.key;
  const isPaused = desk.isPaused(node);
  return (
    <>
      {props.hasPause === true && (
        <button
          type="button"
          class="tool"
          aria-pressed={isPaused ? "true" : "false"}
          title={isPaused ? "Resume this pane" : "Pause this pane"}
          aria-label={isPaused ? `Resume ${title}` : `Pause ${title}`}
          onClick={() => desk.togglePaused(node)}
        >
          {isPaused ? "▶" : "❚❚"}
        </button>
      )}
      {props.filter !== undefined && (
        <button
          type="button"
          class="tool"
          aria-expanded={isFilterOpen ? "true" : "false"}
          title="Filter, columns, groups"
          aria-label={`Filter ${title}`}
          onClick={toggleFilter}
        >
          {props.isFiltered === true ? "▼" : "▽"}
        </button>
      )}
      <button
        type="button"
        class="tool wide-only"
        aria-pressed={isMax ? "true" : "false"}
        title={isMax ? "Back to the grid (F)" : "Whole page (F)"}
        aria-label={isMax ? `Shrink ${title}` : `Maximise ${title}`}
        onClick={() => desk.toggleMaximised(node.key)}
      >
        {isMax ? "⤡" : "⤢"}
      </button>
    </>
  );
}

function provenanceOf({ desk, node, provenance, instrument }: PaneFrameProps): Provenance | null {
  if (provenance !== undefined) return provenance;
  const symbols = desk.symbolsOf(node);
  return rowProvenance(
    desk,
    instrument ?? (symbols.length === 0 ? "all symbols" : symbols.join(", ")),
  );
}

/** The symbol that the pane's colour group looks at; a click lets the group go. */
function Scope({ desk, node }: PaneFrameProps) {
  const look = node.group === null ? undefined : desk.groups.value[node.group];
  if (look === undefined) return null;
  const symbol = look.symbols.join(", ");
  const isChosenHere = look.chosenIn === node.key;
  const why = isChosenHere
    ? `Chosen here: the other ${node.group} panes show ${symbol}`
    : `All ${node.group} panes show ${symbol}`;
  return (
    <button
      type="button"
      class="scope"
      title={`${why}. Click: let go`}
      aria-label={`${why}. Let go`}
      onClick={() => desk.letGoSymbol(node)}
    >
      {isChosenHere ? `→ ${symbol}` : symbol} ×
    </button>
  );
}

function titleOf({ desk, node }: PaneFrameProps): string {
  return desk.kinds.find(({ id }) => id === node.pane)?.title ?? node.pane;
}

function PaneMenu(props: PaneFrameProps) {
  const { desk, node } = props;
  return (
    <Menu label="⋯" name={`More of ${titleOf(props)}`} body="actions">
      {(act) => (
        <>
          {props.exports !== undefined && (
            <>
              {props.exports.map(([words, save]) => (
                <button key={words} type="button" onClick={act(save)}>{words}</button>
              ))}
              <hr />
            </>
          )}
          <label>
            Link
            <select
              value={node.group ?? ""}
              onChange={(event) => {
                const value = event.currentTarget.value;
                const group = GROUP_COLOURS.find((colour) => colour === value) ?? null;
                desk.update(node.key, { group });
              }}
            >
              <option value="">none</option>
              {GROUP_COLOURS.map((colour) => (
                <option key={colour} value={colour} selected={colour === node.group}>
                  {colour}
                </option>
              ))}
            </select>
          </label>
          <label>
            Show
            <select
              value={node.pane}
              onChange={(event) =>
                desk.update(node.key, { pane: event.currentTarget.value, settings: "" })}
            >
              {desk.kinds.map(({ id, title }) => (
                <option key={id} value={id} selected={id === node.pane}>{title}</option>
              ))}
            </select>
          </label>
          <hr />
          <button type="button" onClick={act(() => desk.add(node.pane, node.key, "row"))}>
            Split to the right
          </button>
          <button type="button" onClick={act(() => desk.add(node.pane, node.key, "col"))}>
            Split below
          </button>
          <button type="button" onClick={act(() => desk.close(node.key))}>Close pane</button>
        </>
      )}
    </Menu>
  );
}
