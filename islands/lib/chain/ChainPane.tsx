import { PaneFrame, type PaneProps, useOnDemand } from "../pane/mod.ts";

/** The option chain of one underlying; its code is fetched when the pane is first shown. */
export function ChainPane(props: PaneProps) {
  const { module, problem } = useOnDemand(() => import("./ChainView.tsx"));
  if (module !== null) return <module.ChainView {...props} />;
  return (
    <PaneFrame {...props}>
      <p class="tape-empty">{problem ?? "Loading the option chain…"}</p>
    </PaneFrame>
  );
}
