import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ExperimentPanelProps } from "./ExperimentPanel.tsx";

/** The experiment panel while its tab is chosen; its code is fetched when it first is. */
export function ExperimentTab(props: ExperimentPanelProps) {
  const isShown = props.driver.state.tab.value === "experiment";
  const [view, setView] = useState<{ readonly Panel: ComponentType<ExperimentPanelProps> } | null>(
    null,
  );
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (!isShown || view !== null) return;
    import("./on_demand.ts").then(
      ({ ExperimentPanel }) => setView({ Panel: ExperimentPanel }),
      (error: unknown) => setProblem(String(error)),
    );
  }, [isShown]);
  if (!isShown) return null;
  if (view === null) return <p class="experiment">{problem ?? "Loading the experiment…"}</p>;
  return <view.Panel {...props} />;
}
