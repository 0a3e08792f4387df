import { PaneFrame, type PaneProps, useOnDemand } from "../pane/mod.ts";

/** Time and sales of the book's instrument; the code is fetched when the pane is first shown. */
export function PrintsDesk(props: PaneProps) {
  const { module, problem } = useOnDemand(() => import("../heatmap/prints/mod.ts"));
  if (module !== null) return <module.PrintsPane {...props} />;
  return (
    <PaneFrame {...props} provenance={null}>
      <p class="tape-empty">{problem ?? "Loading time and sales…"}</p>
    </PaneFrame>
  );
}
