import { PaneFrame, type PaneProps, useOnDemand } from "../pane/mod.ts";

/** The depth heatmap with its signals; its code is fetched when the pane is first shown. */
export function HeatmapDesk(props: PaneProps) {
  const { module, problem } = useOnDemand(() => import("../heatmap/embedded/mod.ts"));
  return (
    <PaneFrame {...props}>
      {module !== null && <module.HeatmapView {...props} />}
      {module === null && <p class="tape-empty">{problem ?? "Loading the heatmap…"}</p>}
    </PaneFrame>
  );
}
