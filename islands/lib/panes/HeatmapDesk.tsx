import type { PaneProps } from "../pane/mod.ts";
import { OnDemandDesk } from "./OnDemandDesk.tsx";

/** The depth heatmap with its signals; its code is fetched when the pane is first shown. */
export function HeatmapDesk(props: PaneProps) {
  return (
    <OnDemandDesk
      {...props}
      load={async () => (await import("../heatmap/embedded/mod.ts")).HeatmapView}
      loading="Loading the heatmap…"
    />
  );
}
