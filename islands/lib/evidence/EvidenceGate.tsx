import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { EvidenceRef, Workspace } from "../workspace/mod.ts";

/** What the drawer is made with. */
interface DrawerProps {
  readonly workspace: Workspace;
  readonly evidence: EvidenceRef;
}

/** The evidence drawer while something is open; its code is fetched when that is first the case. */
export function EvidenceGate({ workspace }: { readonly workspace: Workspace }) {
  const [view, setView] = useState<{ readonly View: ComponentType<DrawerProps> } | null>(null);
  const evidence = workspace.evidence.value;
  const isOpen = evidence !== null && workspace.overlays.value.includes("evidence");
  useEffect(() => {
    if (!isOpen || view !== null) return;
    import("./EvidenceDrawer.tsx").then(
      ({ EvidenceDrawer }) => setView({ View: EvidenceDrawer }),
      (error: unknown) => workspace.notice.value = { text: `No evidence: ${String(error)}` },
    );
  }, [isOpen]);
  if (!isOpen || view === null) return null;
  return <view.View key={`${evidence.kind}:${evidence.id}`} {...{ workspace, evidence }} />;
}
