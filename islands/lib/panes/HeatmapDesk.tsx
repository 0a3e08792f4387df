import { useState } from "preact/hooks";
import { type PaneFace, PaneFrame, type PaneProps, useOnDemand } from "../pane/mod.ts";

/** The depth heatmap with its signals; its code is fetched when the pane is first shown. */
export function HeatmapDesk(props: PaneProps) {
  const { module, problem } = useOnDemand(() => import("../heatmap/embedded/mod.ts"));
  const [face, setFace] = useState<PaneFace | null>(null);
  const frame = face === null
    ? { provenance: null }
    : { ...face, provenance: face.provenance.value };
  return (
    <PaneFrame {...props} {...frame}>
      {module !== null && <module.HeatmapView {...props} tell={setFace} />}
      {module === null && <p class="tape-empty">{problem ?? "Loading the heatmap…"}</p>}
    </PaneFrame>
  );
}
