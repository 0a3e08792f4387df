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
  const { state, store } = driver;
  state.beat.value;
  const future = store.latest?.chain?.smile.futurePoints ?? NaN;
  const supposedPoints = state.supposedPoints.value;
  const found = driver.supposed();
  const isOff = found === null || Number.isNaN(future);
  const tick = (store.latest?.tickInt ?? 250_000_000) / 1e9;
  const onTick = (points: number) => Math.round(points / tick) * tick;
  const at = supposedPoints ?? (isOff ? 0 : onTick(future));
  const [low, high] = isOff
    ? [0, 1]
    : [onTick(future) - REACH_POINTS, onTick(future) + REACH_POINTS];
  return (
    <section class="what-if" data-supposed={supposedPoints === null ? undefined : ""}>
      <h2>
        What if the spot were elsewhere
        {supposedPoints !== null && (
          <button
            type="button"
            title="Back to the real spot (Esc)"
            onClick={() => actions.suppose(null)}
          >
            Back
          </button>
        )}
      </h2>
      <input
        type="range"
        min={Math.min(low, at)}
        max={Math.max(high, at)}
        step={tick}
        value={at}
        disabled={isOff}
        aria-label="Supposed spot"
        aria-valuetext={isOff
          ? "no chain yet"
          : `${fixed(at, 2)} points, ${signed(at - future, 2)} from now`}
        onInput={(event) => actions.suppose(Number(event.currentTarget.value))}
      />
      {isOff ? <p class="note">The chain's volatilities have not come yet.</p> : (
        <>
          <table class="facts mono">
            <tbody>
              <tr>
                <th scope="row">{supposedPoints === null ? "Spot" : "Supposed spot"}</th>
                <td>{fixed(at, 2)}</td>
                <td class="unit">
                  {supposedPoints === null ? "pt, real" : `pt, ${signed(at - future, 2)}`}
                </td>
              </tr>
              <tr>
                <th scope="row">Gamma there</th>
                <td>{signed(found.gexTotal, 0)}</td>
                <td class="unit">USD/pt²</td>
              </tr>
              <tr>
                <th scope="row">Zero gamma</th>
                <td>
                  {Number.isNaN(found.zeroGammaPoints)
                    ? "none near"
                    : fixed(found.zeroGammaPoints, 1)}
                </td>
                <td class="unit">pt</td>
              </tr>
              <tr>
                <th scope="row">Hedge per point</th>
                <td>{signed(found.hedgePerPoint, 0)}</td>
                <td class="unit">futures</td>
              </tr>
            </tbody>
          </table>
          <p class="note">
            Dealers who hedge {hedgeWords(found.hedgePerPoint)}. {supposedPoints === null
              ? "Computed in this page."
              : "This is a what-if, computed in this page: volatilities stay with their strikes."}
          </p>
        </>
      )}
    </section>
  );
}
