import { useEffect } from "preact/hooks";
import { type Desk, useOnDemand } from "../pane/mod.ts";

/** The evidence drawer while something is open; its code is fetched when that is first the case. */
export function EvidenceGate({ desk }: { readonly desk: Desk }) {
  const evidence = desk.evidence.value;
  const isOpen = evidence !== null && desk.overlays.value.includes("evidence");
  const { module, problem } = useOnDemand(() => import("./EvidenceDrawer.tsx"), isOpen);
  useEffect(() => {
    if (problem !== null) desk.notice.value = { text: `No evidence: ${problem}` };
  }, [problem]);
  if (!isOpen || module === null) return null;
  return (
    <module.EvidenceDrawer
      key={`${evidence.kind}:${evidence.id}`}
      desk={desk}
      evidence={evidence}
    />
  );
}
