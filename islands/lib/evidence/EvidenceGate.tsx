import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Desk, EvidenceRef } from "../pane/mod.ts";

/** What the drawer is made with. */
interface DrawerProps {
  readonly desk: Desk;
  readonly evidence: EvidenceRef;
}

/** The evidence drawer while something is open; its code is fetched when that is first the case. */
export function EvidenceGate({ desk }: { readonly desk: Desk }) {
  const [view, setView] = useState<{ readonly View: ComponentType<DrawerProps> } | null>(null);
  const evidence = desk.evidence.value;
  const isOpen = evidence !== null && desk.overlays.value.includes("evidence");
  useEffect(() => {
    if (!isOpen || view !== null) return;
    import("./EvidenceDrawer.tsx").then(
      ({ EvidenceDrawer }) => setView({ View: EvidenceDrawer }),
      (error: unknown) => desk.notice.value = { text: `No evidence: ${String(error)}` },
    );
  }, [isOpen]);
  if (!isOpen || view === null) return null;
  return <view.View key={`${evidence.kind}:${evidence.id}`} {...{ desk, evidence }} />;
}
