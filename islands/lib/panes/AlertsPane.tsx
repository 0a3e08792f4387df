import { useMemo, useState } from "preact/hooks";
import { type AlertDesk, RulesGate } from "../alerts/mod.ts";
import {
  type AnyColumn,
  type ColumnFit,
  columnsOf,
  type PaintRow,
  rowMarks,
  type TapeDesk,
} from "../tape/mod.ts";
import type { RowMarks } from "../table/mod.ts";
import { TapePane } from "../tape/ui/mod.ts";
import { CHORDS, type PaneProps } from "../pane/mod.ts";

/** What the pane gets of its page beyond what every tape gets. */
export interface AlertsPaneDesk extends TapeDesk {
  readonly alerts: AlertDesk;
}

const STATE_TEXT = { new: "● new", acknowledged: "✓ seen", muted: "– muted" } as const;

const STATE = {
  id: "state",
  label: "State",
  title: "Click or X: seen. M: mute the symbol's profile for 15 minutes",
  width: 52,
  rank: 2.5,
  isText: true,
};

/** The columns of alerts, with what the reader did about each after its symbol. */
function withState<C extends ColumnFit>(columns: readonly C[], state: C): readonly C[] {
  return [...columns.slice(0, 2), state, ...columns.slice(2)];
}

/** How wide the columns of the pane are. */
export const ALERT_FIT: readonly ColumnFit[] = withState<ColumnFit>(columnsOf("alerts"), STATE);

function stateColumn(desk: AlertsPaneDesk): AnyColumn {
  const { alerts, clock } = desk;
  return {
    ...STATE,
    text: (row) => {
      if (row.kind !== "alerts") return "";
      const rule = alerts.rangBy(row);
      const state = alerts.stateOf(row, clock.now());
      return state === "new" && rule !== null ? "★ rule" : STATE_TEXT[state];
    },
    tone: (row) => row.kind === "alerts" && alerts.rangBy(row) !== null ? "warn" : "",
  };
}

function alertMarks(desk: AlertsPaneDesk): RowMarks<PaintRow> {
  const { alerts, clock } = desk;
  const general = rowMarks(desk.marks);
  return {
    get version() {
      return alerts.version.value;
    },
    classOf(row: PaintRow): string {
      const state = row.kind === "alerts" ? alerts.stateOf(row, clock.now()) : "new";
      return state === "new" ? general.classOf(row) : "abstained";
    },
    noteOf(row: PaintRow): string {
      const rule = row.kind === "alerts" ? alerts.rangBy(row) : null;
      return rule === null ? general.noteOf(row) : `Rang the rule ${rule}`;
    },
  };
}

/** Alerts of the classifier, with what the reader did about them. */
export function AlertsPane(props: PaneProps<AlertsPaneDesk>) {
  const { desk } = props;
  const [isRulesOpen, setRulesOpen] = useState(false);
  const columns = useMemo(() => withState(columnsOf("alerts"), stateColumn(desk)), []);
  const marks = useMemo(() => alertMarks(desk), []);
  const act = (key: string, row: PaintRow): boolean => {
    if (row.kind !== "alerts") return false;
    if (CHORDS.seen.keys.includes(key) || key === "state") desk.alerts.toggleAck(row.id);
    else if (CHORDS.mute.keys.includes(key)) {
      desk.alerts.toggleMute(row.symbol, row.profile, desk.clock.now());
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
      version={desk.alerts.version.value}
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
          {desk.alerts.rules.value.length === 0 ? "☆" : "★"}
        </button>
      }
      above={isRulesOpen && <RulesGate desk={desk.alerts} />}
    />
  );
}
