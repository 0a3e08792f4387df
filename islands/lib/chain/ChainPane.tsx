import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { PaneFrame, type PaneProps } from "../pane/mod.ts";

/** The option chain of one underlying; its code is fetched when the pane is first shown. */
export function ChainPane(props: PaneProps) {
  const [view, setView] = useState<{ readonly View: ComponentType<PaneProps> } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    import("./ChainView.tsx").then(
      ({ ChainView }) => setView({ View: ChainView }),
      (error: unknown) => setProblem(String(error)),
    );
  }, []);
  if (view !== null) return <view.View {...props} />;
  return (
    <PaneFrame {...props}>
      <p class="tape-empty">{problem ?? "Loading the option chain…"}</p>
    </PaneFrame>
  );
}
