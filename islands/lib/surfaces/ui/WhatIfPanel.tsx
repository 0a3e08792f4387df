import type { WhatIf } from "../../../../engine/surfaces/profile/mod.ts";
import { fixed, signed } from "../../text/mod.ts";
import type { Actions } from "../actions.ts";
import type { SurfaceDriver } from "../surface_driver.ts";
import { hedgeWords } from "../what_if.ts";

interface WhatIfPanelProps {
  readonly driver: SurfaceDriver;
  readonly actions: Actions;
}

/** How far the spot can be dragged to each side, points. */
const REACH_POINTS = 60;

/** The slider that supposes the spot elsewhere: what dealers' gamma would be, computed in this page. */
export function WhatIfPanel({ driver, actions }: WhatIfPanelProps) {
  const { state } = driver;
  state.beat.value;
  const isSupposed = state.supposedPoints.value !== null;
  const found = driver.supposed();
  return (
    <section class="what-if" data-supposed={isSupposed ? "" : undefined}>
      <h2>
        What if the spot were elsewhere
        {isSupposed && (
          <button
            type="button"
            title="Back to the real spot (Esc)"
            onClick={() => actions.suppose(null)}
          >
            Back
          </button>
        )}
      </h2>
      <Slider driver={driver} actions={actions} isOff={found === null} />
      {found === null
        ? <p class="note">The chain's volatilities have not come yet.</p>
        : <Found driver={driver} found={found} />}
    </section>
  );
}

/** Spot that is, on a tick, and spot that is supposed, points; NaN while the chain has not come. */
function spotsOf({ state, store }: SurfaceDriver): {
  readonly real: number;
  readonly at: number;
  readonly tick: number;
} {
  const tick = (store.latest?.tickInt ?? 250_000_000) / 1e9;
  const future = store.latest?.chain?.smile.futurePoints ?? NaN;
  const real = Math.round(future / tick) * tick;
  return { real, at: state.supposedPoints.value ?? real, tick };
}

function Slider({ driver, actions, isOff }: WhatIfPanelProps & { readonly isOff: boolean }) {
  const { real, at, tick } = spotsOf(driver);
  const label = { type: "range", "aria-label": "Supposed spot" } as const;
  if (isOff) return <input {...label} min={0} max={1} value={0} disabled />;
  return (
    <input
      {...label}
      min={Math.min(real - REACH_POINTS, at)}
      max={Math.max(real + REACH_POINTS, at)}
      step={tick}
      value={at}
      aria-valuetext={`${fixed(at, 2)} points, ${signed(at - real, 2)} from the real spot`}
      onInput={(event) => actions.suppose(Number(event.currentTarget.value))}
    />
  );
}

/** What follows from the spot that is supposed. */
function Found({ driver, found }: { readonly driver: SurfaceDriver; readonly found: WhatIf }) {
  const { real, at } = spotsOf(driver);
  const isSupposed = driver.state.supposedPoints.value !== null;
  const zero = Number.isNaN(found.zeroGammaPoints) ? "none near" : fixed(found.zeroGammaPoints, 1);
  const rows: readonly (readonly [string, string, string])[] = [
    isSupposed
      ? ["Supposed spot", fixed(at, 2), `pt, ${signed(at - real, 2)}`]
      : ["Spot", fixed(at, 2), "pt, real"],
    ["Gamma there", signed(found.gexTotal, 0), "USD/pt²"],
    ["Zero gamma", zero, "pt"],
    ["Hedge per point", signed(found.hedgePerPoint, 0), "futures"],
  ];
  return (
    <>
      <table class="facts mono">
        <tbody>
          {rows.map(([name, value, unit]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{value}</td>
              <td class="unit">{unit}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="note">
        Dealers who hedge {hedgeWords(found.hedgePerPoint)}. {isSupposed
          ? "This is a what-if, computed in this page: volatilities stay with their strikes."
          : "Computed in this page."}
      </p>
    </>
  );
}
