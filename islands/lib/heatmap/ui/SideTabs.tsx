import type { HeatmapState, Tab } from "../state.ts";

/** Heads of the side pane: signals, experiment or table. */
export function SideTabs({ state }: { readonly state: HeatmapState }) {
  return (
    <div class="pane-head segments" role="tablist">
      <SideTab state={state} own="signals" label="Signals" />
      <SideTab state={state} own="experiment" label="Experiment" />
      <SideTab state={state} own="table" label="Table" />
      <SideTab state={state} own="prints" label="Prints" />
    </div>
  );
}

function SideTab(
  { state, own, label }: {
    readonly state: HeatmapState;
    readonly own: Exclude<Tab, "heatmap">;
    readonly label: string;
  },
) {
  const shown = state.tab.value === "heatmap" ? "signals" : state.tab.value;
  return (
    <button
      type="button"
      role="tab"
      aria-selected={shown === own ? "true" : "false"}
      onClick={() => state.tab.value = own}
    >
      {label}
    </button>
  );
}
