import { useState } from "preact/hooks";
import { type PaneFace, PaneFrame, type PaneProps, useOnDemand } from "../pane/mod.ts";

/** The surfaces with their gamma; their code is fetched when the pane is first shown. */
export function SurfacesDesk(props: PaneProps) {
  const { module, problem } = useOnDemand(() => import("../surfaces/embedded/mod.ts"));
  const [face, setFace] = useState<PaneFace | null>(null);
  const frame = face === null
    ? { provenance: null }
    : { ...face, provenance: face.provenance.value };
  return (
    <PaneFrame {...props} {...frame}>
      {module !== null && <module.SurfaceDeskView {...props} tell={setFace} />}
      {module === null && <p class="tape-empty">{problem ?? "Loading the surfaces…"}</p>}
    </PaneFrame>
  );
}
