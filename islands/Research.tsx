import { useEffect, useState } from "preact/hooks";
import {
  ExperimentCharts,
  HitCharts,
  loadResult,
  RegimeCharts,
  type StoredResult,
} from "./lib/research/mod.ts";

/** Which result is shown. */
export interface ResearchProps {
  readonly id: string;
}

/** The charts of a result: loads it, then draws what its mode has. */
export default function Research({ id }: ResearchProps) {
  const [result, setResult] = useState<StoredResult | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const cancel = new AbortController();
    setFailure(null);
    loadResult(id, cancel.signal).then(setResult, (error: unknown) => {
      if (cancel.signal.aborted) return;
      setFailure(error instanceof Error ? error.message : String(error));
    });
    return () => cancel.abort();
  }, [id, attempt]);

  if (failure !== null) {
    return (
      <p class="research-note" role="alert" data-kind="error">
        Cannot draw the result: {failure}.{" "}
        <button type="button" onClick={() => setAttempt(attempt + 1)}>Try again</button>
      </p>
    );
  }
  if (result === null) {
    return (
      <div class="research-charts" aria-busy="true">
        <div class="research-skeleton">Loading the result…</div>
        <div class="research-skeleton" />
      </div>
    );
  }
  switch (result.mode) {
    case "default":
      return <HitCharts id={id} projection={result.summary.projection} />;
    case "regime":
      return <RegimeCharts result={result} />;
    case "projection_experiment":
      return <ExperimentCharts result={result} />;
  }
}
