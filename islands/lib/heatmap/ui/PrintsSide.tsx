import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { HeatmapDriver } from "../heatmap_driver.ts";
import type { PrintsTabProps } from "../prints/mod.ts";

/** Time and sales while their tab is chosen; the code is fetched when it first is. */
export function PrintsSide({ driver }: { readonly driver: HeatmapDriver }) {
  const isShown = driver.state.tab.value === "prints";
  const [view, setView] = useState<{ readonly Tab: ComponentType<PrintsTabProps> } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (!isShown || view !== null) return;
    import("../prints/mod.ts").then(
      ({ PrintsTab }) => setView({ Tab: PrintsTab }),
      (error: unknown) => setProblem(String(error)),
    );
  }, [isShown]);
  if (!isShown) return null;
  if (view === null) return <p class="prints-of">{problem ?? "Loading time and sales…"}</p>;
  return <view.Tab replayTs={driver.replayTs} prefix="print" />;
}
