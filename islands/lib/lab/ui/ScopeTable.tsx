import type { ComponentChildren } from "preact";
import { MediumSampler } from "../medium_sampler.ts";
import { signedTicks } from "../scope_axis.ts";
import { aheadText } from "../scope_ladders.ts";
import { type ScopeSnapshot, wallName } from "../scope_snapshot.ts";

/** Places whose medium stands in the table, ticks from the spot. */
const PLACES = [-40, -30, -20, -10, 0, 10, 20, 30, 40];

/** Names of the weights, in their order. */
const WEIGHTS = ["wU", "wC", "wG", "wO", "b", "wV", "wK"];

/** All that the picture shows, as tables. */
export function ScopeTable({ snapshot }: { readonly snapshot: ScopeSnapshot }) {
  const { walls, spot, forecast, resolved, theta, thetaSe, dt } = snapshot;
  const sampler = new MediumSampler(snapshot);
  const three = (value: number) => signedTicks(value, 3);
  const ahead = (h: number) => aheadText(h * dt);
  return (
    <div class="scope-tables" tabIndex={0} role="group" aria-label="The scope as tables">
      <Figures
        caption="Medium"
        heads={[
          "x, ticks",
          "U, ticks²/s²",
          "O, ticks²/s²",
          "C, ticks/s",
          "Γ, 1/s",
          "−∂V/∂x, ticks/s²",
        ]}
        rows={PLACES.map((x) => {
          const { U, O, C, G, force } = sampler.at(x);
          return [signedTicks(x, 0), three(U), O.toFixed(3), three(C), G.toFixed(3), three(force)];
        })}
      />
      <Figures
        caption="Walls"
        heads={["wall", "kind", "centre, ticks", "from spot, ticks", "S, ticks²/s²", "σ, ticks"]}
        rows={walls.map((wall) => [
          `#${wallName(wall)}`,
          wall.kind ?? "book",
          `${wall.center}`,
          signedTicks(wall.center - spot, 1),
          wall.S.toFixed(2),
          wall.sigma.toFixed(1),
        ])}
      />
      <Figures
        caption="Forecast, ticks from the spot"
        heads={["ahead", "forecast", "80 % from", "80 % to"]}
        rows={forecast.map(({ x, lo, hi }, i) => [
          ahead(i + 1),
          ...[x, lo, hi].map((ticks) => signedTicks(ticks, 2)),
        ])}
      />
      <Figures
        caption={`Last resolved, ticks${snapshot.origin ? `, origin ${snapshot.origin}` : ""}`}
        heads={["ahead", "predicted", "actual", "error"]}
        rows={resolved.map(({ h, pred, act }) => [
          ahead(h),
          ...[pred, act, act - pred].map((ticks) => signedTicks(ticks, 2)),
        ])}
      />
      <Figures
        caption="Weights"
        heads={["weight", "value", "± standard error"]}
        rows={WEIGHTS.map((name, i) => [
          name,
          three(theta[i]!),
          thetaSe === undefined ? "–" : thetaSe[i]!.toFixed(3),
        ])}
      />
    </div>
  );
}

interface FiguresProps {
  readonly caption: ComponentChildren;
  readonly heads: readonly string[];
  /** The first of each heads its row. */
  readonly rows: readonly (readonly string[])[];
}

function Figures({ caption, heads, rows }: FiguresProps) {
  return (
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>{heads.map((head) => <th key={head} scope="col">{head}</th>)}</tr>
      </thead>
      <tbody>
        {rows.length === 0 && (
          <tr>
            <td colSpan={heads.length}>none</td>
          </tr>
        )}
        {rows.map(([head, ...cells]) => (
          <tr key={head}>
            <th scope="row">{head}</th>
            {cells.map((cell, i) => <td key={i}>{cell}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
