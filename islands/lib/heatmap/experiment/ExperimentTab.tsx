import { useOnDemand } from "../../pane/mod.ts";
import type { ExperimentPanelProps } from "./ExperimentPanel.tsx";

/** The experiment panel while its tab is chosen; its code is fetched when it first is. */
export function ExperimentTab(props: ExperimentPanelProps) {
  const isShown = props.driver.state.tab.value === "experiment";
  const { module, problem } = useOnDemand(() => import("./on_demand.ts"), isShown);
  if (!isShown) return null;
  if (module === null) return <p class="experiment">{problem ?? "Loading the experiment…"}</p>;
  return <module.ExperimentPanel {...props} />;
}
