import { signedTicks } from "./scope_axis.ts";
import { aheadText } from "./scope_ladders.ts";
import type { MediumSample } from "./medium_sampler.ts";
import { type ScopeSnapshot, type ScopeWall, wallName } from "./scope_snapshot.ts";

/** What a scope shows, in a sentence for each thing. */
export function scopeSummary({ spot, v, forecast, dt, walls }: ScopeSnapshot): string {
  const ahead = forecast.map(({ x, lo, hi }, i) =>
    `${aheadText((i + 1) * dt)} ${signedTicks(x, 1)}, 80 % within ${signedTicks(lo, 1)} and ${
      signedTicks(hi, 1)
    }`
  );
  const gates = walls.map((wall) =>
    `wall ${wallName(wall)} at ${signedTicks(wall.center - spot, 1)}, strength ${wall.S.toFixed(1)}`
  );
  return [
    `Spot ${spot} ticks, moving ${signedTicks(v, 1)} ticks a second.`,
    `Forecast in ticks from the spot: ${ahead.join("; ")}.`,
    gates.length === 0 ? "No walls." : `${gates.join("; ")}.`,
    "Diagnostic, not a trading signal.",
  ].join(" ");
}

/** What lies under the crosshair, in a sentence. */
export function readingSentence({ x, U, O, C, G, force }: MediumSample, gate: ScopeWall | null) {
  const wall = gate === null
    ? ""
    : ` Inside wall ${wallName(gate)}, strength ${gate.S.toFixed(1)}.`;
  return `${signedTicks(x, 1)} ticks: U ${U.toFixed(2)}, O ${O.toFixed(2)}, current ${
    signedTicks(C, 2)
  }, drag ${G.toFixed(2)}, force ${signedTicks(force, 2)}.${wall}`;
}
