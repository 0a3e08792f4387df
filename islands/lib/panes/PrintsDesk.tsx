import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { PaneFrame, type PaneProps } from "../pane/mod.ts";

/** Time and sales of the book's instrument; the code is fetched when the pane is first shown. */
export function PrintsDesk(props: PaneProps) {
  const [view, setView] = useState<{ readonly View: ComponentType<PaneProps> } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    import("../heatmap/prints/mod.ts").then(
      ({ PrintsPane }) => setView({ View: PrintsPane }),
      (error: unknown) => setProblem(String(error)),
    );
  }, []);
  if (view !== null) return <view.View {...props} />;
  return (
    <PaneFrame {...props}>
      <p class="tape-empty">{problem ?? "Loading time and sales…"}</p>
    </PaneFrame>
  );
}
