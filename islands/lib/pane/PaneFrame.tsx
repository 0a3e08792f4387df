import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { PaneProps } from "./pane_kind.ts";
import { GROUP_COLOURS } from "./pane_node.ts";
import { Menu } from "./Menu.tsx";

/** What a frame is made with. */
export interface PaneFrameProps extends PaneProps {
  readonly children: ComponentChildren;
  /** Age and health, short. */
  readonly status?: ComponentChildren;
  /** State of the data; what is stale is greyed. */
  readonly state?: string;
  readonly tools?: ComponentChildren;
  readonly filter?: ComponentChildren;
  readonly isFiltered?: boolean;
  readonly hasPause?: boolean;
  readonly exports?: { readonly csv: () => void; readonly ndjson: () => void };
}

/** Head and border of a pane: title, symbol, age, pause, filter, size, menu. */
export function PaneFrame(props: PaneFrameProps) {
  const { desk, node } = props;
  const [isFilterOpen, setFilterOpen] = useState(false);
  const title = titleOf(props);
  const isMax = desk.maximised.value === node.key;
  const isPaused = desk.isPaused(node);
  return (
    <section
      class="pane"
      data-pane-key={node.key}
      data-pane={node.pane}
      data-state={props.state}
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
        {props.status}
        <span class="grow" />
        {props.tools}
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
            onClick={() => setFilterOpen(!isFilterOpen)}
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
        <PaneMenu {...props} />
      </div>
      {isFilterOpen && props.filter}
      <div class="pane-body">{props.children}</div>
    </section>
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
              <button type="button" onClick={act(props.exports.csv)}>Save CSV</button>
              <button type="button" onClick={act(props.exports.ndjson)}>Save NDJSON</button>
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
