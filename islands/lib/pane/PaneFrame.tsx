import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { GROUP_COLOURS } from "../workspace/mod.ts";
import type { PaneProps } from "./pane_kind.ts";
import { paneKind, PANES } from "../panes/mod.ts";
import { useMenu } from "./use_menu.ts";

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
  const { workspace, node } = props;
  const [isFilterOpen, setFilterOpen] = useState(false);
  const kind = paneKind(node.pane);
  const title = kind?.title ?? node.pane;
  const isMax = workspace.maximised.value === node.key;
  const isPaused = workspace.isPaused.value || workspace.pausedPanes.value.has(node.key);
  const linked = node.group === null ? undefined : workspace.groups.value[node.group];
  return (
    <section
      class="pane"
      data-pane-key={node.key}
      data-pane={node.pane}
      data-state={props.state}
      data-focused={workspace.focused.value === node.key ? "" : undefined}
      aria-label={title}
      onFocusIn={() => workspace.focused.value = node.key}
      onPointerDown={() => workspace.focused.value = node.key}
    >
      <div class="pane-head">
        {node.group !== null && (
          <span class="group-dot" data-group={node.group} title={`Linked: ${node.group}`}>
            {node.group[0]?.toUpperCase()}
          </span>
        )}
        <h2>{title}</h2>
        {linked !== undefined && <span class="scope">{linked}</span>}
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
            onClick={() => workspace.togglePanePaused(node.key)}
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
          onClick={() => workspace.toggleMaximised(node.key)}
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

function PaneMenu(props: PaneFrameProps) {
  const { workspace, node } = props;
  const details = useRef<HTMLDetailsElement>(null);
  useMenu(details);
  const act = (run: () => void) => () => {
    details.current!.open = false;
    run();
  };
  const kind = paneKind(node.pane);
  return (
    <details class="menu" ref={details}>
      <summary class="tool" aria-label={`More of ${kind?.title ?? node.pane}`} title="More">
        ⋯
      </summary>
      <div class="menu-body actions">
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
              workspace.update(node.key, { group });
            }}
          >
            <option value="">none</option>
            {GROUP_COLOURS.map((colour) => (
              <option key={colour} value={colour} selected={colour === node.group}>{colour}</option>
            ))}
          </select>
        </label>
        <label>
          Show
          <select
            value={node.pane}
            onChange={(event) =>
              workspace.update(node.key, { pane: event.currentTarget.value, settings: "" })}
          >
            {PANES.map(({ id, title }) => (
              <option key={id} value={id} selected={id === node.pane}>{title}</option>
            ))}
          </select>
        </label>
        <hr />
        <button type="button" onClick={act(() => workspace.add(node.pane, node.key, "row"))}>
          Split to the right
        </button>
        <button type="button" onClick={act(() => workspace.add(node.pane, node.key, "col"))}>
          Split below
        </button>
        <button type="button" onClick={act(() => workspace.close(node.key))}>Close pane</button>
      </div>
    </details>
  );
}
