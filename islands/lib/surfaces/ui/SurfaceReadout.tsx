import { useEffect, useRef } from "preact/hooks";
import { writeReadout } from "../../picture/mod.ts";
import { ASSUMPTION_WORDS } from "../assumption_words.ts";
import { cellFacts } from "../cell_facts.ts";
import type { SurfaceDriver } from "../surface_driver.ts";

const TICK_ROWS = [
  ["velocity", "Velocity"],
  ["wall", "Wall"],
  ["vacuum", "Vacuum"],
  ["physics", "Ease"],
  ["radar", "Radar"],
] as const;
const STRIKE_ROWS = [
  ["options", "Options"],
  ["calls", "Gamma, calls"],
  ["puts", "Gamma, puts"],
  ["dealers", "Dealers"],
  ["zero", "Zero gamma"],
] as const;

/** Every layer's value under the crosshair. Its texts are set directly, once per drawn frame. */
export function SurfaceReadout({ driver }: { readonly driver: SurfaceDriver }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => driver.watch(() => showCell(box.current!, driver)), []);
  return (
    <div class="readout" ref={box} hidden aria-hidden="true">
      <div class="where mono">
        <b data-cell="price" />
        <span data-cell="away" />
      </div>
      <p class="mono" data-cell="time" />
      <dl class="mono">
        {TICK_ROWS.map(([name, label]) => (
          <>
            <dt key={label}>{label}</dt>
            <dd key={name} data-cell={name} />
          </>
        ))}
      </dl>
      <p class="strike mono">
        Strike <b data-cell="strike" />, {ASSUMPTION_WORDS[driver.state.assumption.value]}
      </p>
      <dl class="mono">
        {STRIKE_ROWS.map(([name, label]) => (
          <>
            <dt key={label}>{label}</dt>
            <dd key={name} data-cell={name} />
          </>
        ))}
      </dl>
      <p class="source" data-cell="source" />
    </div>
  );
}

function showCell(root: HTMLElement, { picture, store, state }: SurfaceDriver): void {
  writeReadout(root, picture, ({ position, level }) => {
    const assumption = state.assumption.peek();
    return cellFacts(store, position, level, assumption, (tick) => picture?.priceText(tick) ?? "");
  });
}
