import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { PaneFrame, type PaneProps } from "../pane/mod.ts";

/** The depth heatmap with its signals; its code is fetched when the pane is first shown. */
export function HeatmapDesk(props: PaneProps) {
  const [view, setView] = useState<{ readonly View: ComponentType<PaneProps> } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    import("../heatmap/embedded/mod.ts").then(
      ({ HeatmapView }) => setView({ View: HeatmapView }),
      (error: unknown) => setProblem(String(error)),
    );
  }, []);
  return (
    <PaneFrame {...props}>
      {view !== null && <view.View {...props} />}
      {view === null && <p class="tape-empty">{problem ?? "Loading the heatmap…"}</p>}
    </PaneFrame>
  );
}
