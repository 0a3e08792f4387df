import type { FunctionComponent } from "preact";
import { useState } from "preact/hooks";
import { type PaneFace, PaneFrame, type PaneProps, useOnDemand } from "../pane/mod.ts";

/** What a view fetched on demand is made with: `tell` hears what the frame is to say of it. */
type View = FunctionComponent<PaneProps & { readonly tell: (face: PaneFace) => void }>;

/** A pane whose code is fetched when it is first shown. */
export interface OnDemandDeskProps extends PaneProps {
  readonly load: () => Promise<View>;
  /** What it says until the code is there. */
  readonly loading: string;
}

/** The frame of a view that is fetched when the pane is first shown. */
export function OnDemandDesk({ load, loading, ...props }: OnDemandDeskProps) {
  const { module: found, problem } = useOnDemand(async () => ({ View: await load() }));
  const [face, setFace] = useState<PaneFace | null>(null);
  const frame = face === null
    ? { provenance: null }
    : { ...face, provenance: face.provenance.value };
  return (
    <PaneFrame {...props} {...frame}>
      {found !== null && <found.View {...props} tell={setFace} />}
      {found === null && <p class="tape-empty">{problem ?? loading}</p>}
    </PaneFrame>
  );
}
