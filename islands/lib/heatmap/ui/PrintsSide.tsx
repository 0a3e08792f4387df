import { useOnDemand } from "../../pane/mod.ts";
import type { HeatmapDriver } from "../heatmap_driver.ts";

/** Time and sales while their tab is chosen; the code is fetched when it first is. */
export function PrintsSide({ driver }: { readonly driver: HeatmapDriver }) {
  const isShown = driver.state.tab.value === "prints";
  const { module, problem } = useOnDemand(() => import("../prints/mod.ts"), isShown);
  if (!isShown) return null;
  if (module === null) return <p class="prints-of">{problem ?? "Loading time and sales…"}</p>;
  return <module.PrintsTab replayTs={driver.replayTs} prefix="print" />;
}
