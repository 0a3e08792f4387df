import type { TerminalState } from "../state.ts";

/** Heads of the side pane: signals or table. */
export function SideTabs({ state }: { readonly state: TerminalState }) {
  return (
    <div class="pane-head segments" role="tablist">
      <SideTab state={state} own="signals" label="Signals" />
      <SideTab state={state} own="table" label="Table" />
    </div>
  );
}

function SideTab(
  { state, own, label }: {
    readonly state: TerminalState;
    readonly own: "signals" | "table";
    readonly label: string;
  },
) {
  const chosen = (state.tab.value === "table") === (own === "table");
  return (
    <button
      type="button"
      role="tab"
      aria-selected={chosen ? "true" : "false"}
      onClick={() => state.tab.value = own}
    >
      {label}
    </button>
  );
}
