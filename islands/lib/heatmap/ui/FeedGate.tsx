import { useEffect } from "preact/hooks";
import { useOnDemand } from "../../pane/mod.ts";
import type { HeatmapDriver } from "../heatmap_driver.ts";

/** The choice of a feed; its code is fetched when it is first opened. */
export function FeedGate({ driver }: { readonly driver: HeatmapDriver }) {
  const { feedOpen, notice } = driver.state;
  const { module, problem } = useOnDemand(() => import("./FeedDialog.tsx"), feedOpen.value);
  useEffect(() => {
    if (problem === null) return;
    notice.value = { text: `No choice of feeds: ${problem}`, field: null };
    feedOpen.value = false;
  }, [problem]);
  return module === null ? null : <module.FeedDialog driver={driver} />;
}
