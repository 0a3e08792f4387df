import type { ReadonlySignal } from "@preact/signals";
import { signedTicks } from "../scope_axis.ts";
import { wallName } from "../scope_snapshot.ts";
import type { Reading } from "./reading.ts";

const NONE = "–";

/** What lies under the crosshair, with units. */
export function ScopeReadout({ reading }: { readonly reading: ReadonlySignal<Reading | null> }) {
  const sample = reading.value?.sample;
  const gate = reading.value?.gate ?? null;
  const figures = [
    ["x", sample && signedTicks(sample.x, 1), "ticks"],
    ["U", sample && signedTicks(sample.U, 3), "ticks²/s²"],
    ["O", sample && sample.O.toFixed(3), "ticks²/s²"],
    ["C", sample && signedTicks(sample.C, 3), "ticks/s"],
    ["Γ", sample && sample.G.toFixed(3), "1/s"],
    ["−∂V/∂x", sample && signedTicks(sample.force, 3), "ticks/s²"],
    ["wall", gate && `#${wallName(gate)}`, ""],
    ["S", gate && gate.S.toFixed(1), "ticks²/s²"],
    ["σ", gate && gate.sigma.toFixed(1), "ticks"],
  ] as const;
  return (
    <dl class="scope-readout" aria-label="Under the crosshair">
      {figures.map(([name, value, unit]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class="mono">
            {value ?? NONE} {value && <span>{unit}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
