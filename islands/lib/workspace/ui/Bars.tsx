import { exchangeClock, fixed, spanText } from "../../text/mod.ts";
import { Icon, SiteNav, StatusItem } from "../../pane/mod.ts";
import { copyLink } from "../commands.ts";
import { focusPane } from "../keys.ts";
import { panesOf } from "../layout.ts";
import type { WorkspaceDesk } from "../workspace_desk.ts";

/** The figures under the top bar: mode, focus, source, newest row. */
export function Metrics({ desk }: { readonly desk: WorkspaceDesk }) {
  desk.beat.value;
  const { skewMs, channels, making } = desk.link.health.value;
  const symbols = desk.symbols.value;
  const lastTs = desk.lastTs.value;
  const refused = desk.link.refused.value;
  return (
    <footer class="status">
      <StatusItem label="Mode">
        {desk.clock.mode.value}
        {desk.allPaused.value && ", paused"}
      </StatusItem>
      <StatusItem label="Focus">
        {symbols.length === 0 ? "all symbols" : symbols.join(", ")}
      </StatusItem>
      <StatusItem label="Source">synthetic exchange</StatusItem>
      <StatusItem label="Last">
        {lastTs === 0 ? "–" : `${exchangeClock(lastTs, true)} ET`}
      </StatusItem>
      {Object.entries(channels).map(([channel, { freshness_age_ms: ageMs, healthy }]) => (
        <StatusItem key={channel} label={channel} warn={!healthy && making === null}>
          {ageMs === null ? "–" : `${healthy || making !== null ? "" : "▲ "}${spanText(ageMs)}`}
        </StatusItem>
      ))}
      {refused > 0 && (
        <StatusItem label="Refused" warn>
          <span title={desk.link.lastRefusal.value ?? ""}>{fixed(refused, 0)}</span>
        </StatusItem>
      )}
      <span class="grow" />
      <StatusItem label="Clock skew">{`${skewMs > 0 ? "+" : ""}${fixed(skewMs, 0)} ms`}</StatusItem>
    </footer>
  );
}

/** The left rail: pages, then tools. */
export function WorkspaceRail({ desk }: { readonly desk: WorkspaceDesk }) {
  return (
    <SiteNav current="/">
      <button
        type="button"
        title="Command palette (Ctrl K)"
        onClick={() => desk.open("palette")}
      >
        <Icon name="search" />
        <span class="sr">Command palette</span>
      </button>
      <button type="button" title="Copy a link to this page" onClick={() => copyLink(desk)}>
        <Icon name="link" />
        <span class="sr">Copy a link</span>
      </button>
      <button type="button" title="Keyboard shortcuts (?)" onClick={() => desk.open("help")}>
        <Icon name="help" />
        <span class="sr">Keyboard shortcuts</span>
      </button>
    </SiteNav>
  );
}

/** The panes of the narrow layout, within reach of a thumb. */
export function Tabs({ desk }: { readonly desk: WorkspaceDesk }) {
  const panes = panesOf(desk.layout.value);
  const current = desk.focusedPane();
  const shown = desk.kinds.filter(({ hasTab }) => hasTab);
  const choose = (id: string) => {
    const found = panes.find((node) => node.pane === id);
    if (found === undefined) desk.add(id, null, "row");
    else focusPane(desk, found.key);
  };
  const other = current === undefined || shown.some(({ id }) => id === current.pane)
    ? ""
    : current.pane;
  return (
    <nav class="tabs" aria-label="Panes">
      {shown.map(({ id, short }) => (
        <button
          key={id}
          type="button"
          aria-current={current?.pane === id ? "page" : undefined}
          onClick={() => choose(id)}
        >
          {short}
        </button>
      ))}
      <select
        aria-label="More panes"
        value={other}
        aria-current={other === "" ? undefined : "page"}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        <option value="" disabled selected={other === ""}>More</option>
        {desk.kinds.filter(({ hasTab }) => !hasTab).map(({ id, short }) => (
          <option key={id} value={id} selected={id === other}>
            {short}
          </option>
        ))}
      </select>
    </nav>
  );
}
