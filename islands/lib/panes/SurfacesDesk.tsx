import type { PaneProps } from "../pane/mod.ts";
import { OnDemandDesk } from "./OnDemandDesk.tsx";

/** The surfaces with their gamma; their code is fetched when the pane is first shown. */
export function SurfacesDesk(props: PaneProps) {
  return (
    <OnDemandDesk
      {...props}
      load={async () => (await import("../surfaces/embedded/mod.ts")).SurfaceDeskView}
      loading="Loading the surfaces…"
    />
  );
}
