import { useMemo, useState } from "preact/hooks";
import { RulesForm } from "../alerts/mod.ts";
import { type AnyColumn, columnsOf, rowMarks } from "../tape/mod.ts";
import type { PaintRow, RowMarks } from "../table/mod.ts";
import { TapePane } from "../tape/ui/mod.ts";
import type { PaneProps } from "../pane/mod.ts";
import type { Workspace } from "../workspace/mod.ts";

const STATE_TEXT = { new: "● new", acknowledged: "✓ seen", muted: "– muted" } as const;

function stateColumn(workspace: Workspace): AnyColumn {
  const { alerts, hub } = workspace;
  return {
    id: "state",
    label: "State",
    title: "Click or X: seen. M: mute the symbol's profile for 15 minutes",
    width: 64,
    rank: 2.5,
    isText: true,
    text: (row) => {
      if (row.kind !== "alerts") return "";
      const rule = alerts.rangBy(row);
      const state = alerts.stateOf(row, hub.nowMs());
      return state === "new" && rule !== null ? "★ rule" : STATE_TEXT[state];
    },
    tone: (row) => row.kind === "alerts" && alerts.rangBy(row) !== null ? "warn" : "",
  };
}

function alertMarks(workspace: Workspace): RowMarks {
  const { alerts, hub } = workspace;
  const general = rowMarks(workspace.marks);
  return {
    get version() {
      return alerts.version.value;
    },
    classOf(row: PaintRow): string {
      const state = row.kind === "alerts" ? alerts.stateOf(row, hub.nowMs()) : "new";
      return state === "new" ? general.classOf(row) : "abstained";
    },
    noteOf(row: PaintRow): string {
      const rule = row.kind === "alerts" ? alerts.rangBy(row) : null;
      return rule === null ? general.noteOf(row) : `Rang the rule ${rule}`;
    },
  };
}

/** Alerts of the classifier, with what the reader did about them. */
export function AlertsPane(props: PaneProps) {
  const { workspace } = props;
  const [isRulesOpen, setRulesOpen] = useState(false);
  const columns = useMemo(() => {
    const [time, symbol, ...others] = columnsOf("alerts");
    return [time!, symbol!, stateColumn(workspace), ...others];
  }, []);
  const marks = useMemo(() => alertMarks(workspace), []);
  const act = (key: string, row: PaintRow): boolean => {
    if (row.kind !== "alerts") return false;
    if (key === "x" || key === "state") workspace.alerts.toggleAck(row.id);
    else if (key === "m") {
      workspace.alerts.toggleMute(row.symbol, row.profile, workspace.hub.nowMs());
    } else return false;
    return true;
  };
  return (
    <TapePane
      {...props}
      channel="alerts"
      empty="No alert yet. Alerts follow events with a high score."
      columns={columns}
      marks={marks}
      version={workspace.alerts.version.value}
      act={act}
      tools={
        <button
          type="button"
          class="tool"
          aria-expanded={isRulesOpen ? "true" : "false"}
          aria-label="Alert rules"
          title="Rules, sound, desktop notices"
          onClick={() => setRulesOpen(!isRulesOpen)}
        >
          {workspace.alerts.rules.value.length === 0 ? "☆" : "★"}
        </button>
      }
      above={isRulesOpen && <RulesForm desk={workspace.alerts} />}
    />
  );
}
