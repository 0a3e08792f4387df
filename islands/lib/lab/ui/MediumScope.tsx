import { SCOPE_LAYERS } from "../ops.ts";
import { FIRST_ZOOM, type ScopeSnapshot } from "../scope_snapshot.ts";
import { scopeSummary } from "../scope_words.ts";
import { ScopeReadout } from "./ScopeReadout.tsx";
import { ScopeTable } from "./ScopeTable.tsx";
import { useScope } from "./use_scope.ts";

/** The medium as an instrument: three bands on one axis, a crosshair, and the same as a table. */
export function MediumScope({ snapshot }: { readonly snapshot: ScopeSnapshot }) {
  const { root, box, view, reading, zoom, isTableOpen, spoken } = useScope(snapshot);
  return (
    <section class="scope" data-testid="medium-scope" aria-label="Medium scope" ref={root}>
      <div class="scope-tools" role="group" aria-label="Zoom and table">
        <button type="button" onClick={() => view.current?.zoomBy(-1)} aria-label="Zoom out">
          −
        </button>
        <button type="button" onClick={() => view.current?.zoomTo(FIRST_ZOOM)}>
          <span class="mono">±{(snapshot.N * snapshot.dx / zoom.value).toFixed(0)}</span> ticks
        </button>
        <button type="button" onClick={() => view.current?.zoomBy(1)} aria-label="Zoom in">
          +
        </button>
        <button
          type="button"
          aria-pressed={isTableOpen.value}
          onClick={() => isTableOpen.value = !isTableOpen.value}
        >
          Table
        </button>
        <span class="scope-note">diagnostic — not a trading signal</span>
      </div>
      <div
        class="scope-plot"
        ref={box}
        tabIndex={0}
        role="group"
        aria-label="Medium scope. [ and ] move the crosshair, N and B go from wall to wall, T opens the table."
      >
        {SCOPE_LAYERS.map((layer) => (
          <canvas
            key={layer}
            {...layer === "cursor"
              ? { role: "img", "aria-label": scopeSummary(snapshot) }
              : { "aria-hidden": "true" }}
          />
        ))}
      </div>
      <ScopeReadout reading={reading} />
      {isTableOpen.value && <ScopeTable snapshot={snapshot} />}
      <p class="sr" role="status">{spoken.value}</p>
    </section>
  );
}
