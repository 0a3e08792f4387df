import { EXCHANGE_ZONE_LABEL, exchangeClock, fixed, percent, signed } from "../../text/mod.ts";
import { DASH } from "../../text/mod.ts";
import type { Actions } from "../actions.ts";
import { ASSUMPTION_WORDS, ASSUMPTIONS } from "../assumption_words.ts";
import type { Fact } from "../cell_planes.ts";
import { qualityWords } from "../quality_words.ts";
import type { SurfaceDriver } from "../surface_driver.ts";
import type { Assumption } from "../surface_store.ts";
import { WhatIfPanel } from "./WhatIfPanel.tsx";

interface GammaPanelProps {
  readonly driver: SurfaceDriver;
  readonly actions: Actions;
}

/** Gamma of the second under the crosshair, else of the newest: what is assumed, totals, prices, quality. */
export function GammaPanel({ driver, actions }: GammaPanelProps) {
  const { state, store, picture: view } = driver;
  state.beat.value;
  const second = view?.focus() ?? -1;
  return (
    <aside class="pane side gamma-side" aria-label="Gamma and quality">
      <div class="gamma-scroll">
        <AsOf driver={driver} second={second} />
        <Assume driver={driver} actions={actions} />
        {state.status.value?.hasOptions === false
          ? <p class="empty">No options in this market: there is no gamma to show.</p>
          : (
            <>
              <Totals driver={driver} second={second} />
              <WhatIfPanel driver={driver} actions={actions} />
            </>
          )}
        <Quality driver={driver} second={second} hasData={store.has(second)} />
      </div>
    </aside>
  );
}

interface SecondProps {
  readonly driver: SurfaceDriver;
  readonly second: number;
}

/** The second that the numbers are of. */
function AsOf({ driver, second }: SecondProps) {
  driver.state.beat.value;
  const isNewest = second === driver.store.newest;
  return (
    <section>
      <h2>
        {second < 0 ? "No second yet" : isNewest ? "Newest second" : "Second under the crosshair"}
      </h2>
      {second >= 0 && (
        <p class="mono as-of">
          <b>{exchangeClock(second * 1_000)}</b> {EXCHANGE_ZONE_LABEL}
          <span>{new Date(second * 1_000).toISOString().slice(0, 19).replace("T", " ")} UTC</span>
        </p>
      )}
    </section>
  );
}

const SHORT: Readonly<Record<Assumption, string>> = {
  naive: "Naive",
  short: "All short",
  flow: "Against flow",
};

/** The switch of what is assumed of the dealers, and the words for it. */
function Assume({ driver, actions }: GammaPanelProps) {
  const { assumption } = driver.state;
  return (
    <section>
      <div class="segments" role="radiogroup" aria-label="Assumption about dealers">
        {ASSUMPTIONS.map((name) => (
          <button
            key={name}
            type="button"
            role="radio"
            aria-checked={assumption.value === name ? "true" : "false"}
            title={`${ASSUMPTION_WORDS[name]} (\\ for the next)`}
            onClick={() => actions.assume(name)}
          >
            {SHORT[name]}
          </button>
        ))}
      </div>
      <p class="assumed">{ASSUMPTION_WORDS[assumption.value]}</p>
    </section>
  );
}

/** Totals and prices of a second. */
function Totals({ driver, second }: SecondProps) {
  const { store, state } = driver;
  state.beat.value;
  const of = (name: Fact) => store.fact(second, name);
  const isNaive = state.assumption.value === "naive";
  const price = (name: Fact, decimals: number) => fixed(of(name), decimals);
  const hasRange = !Number.isNaN(of("zeroGammaLow")) && !Number.isNaN(of("zeroGammaHigh"));
  const zero = Number.isNaN(of("zeroGamma")) ? "none near" : price("zeroGamma", 1);
  return (
    <section>
      <h2>Chain</h2>
      <table class="facts mono">
        <tbody>
          {isNaive
            ? (
              <>
                <Row name="Gamma" value={signed(of("gexTotal"), 0)} unit="USD/pt²" />
                <Row name="Per 1 % move" value={signed(of("gexUsd1Pct") / 1e6, 1)} unit="M USD" />
                <Row name="Zero gamma" value={zero} unit="pt" ink="forecast" />
                <Row
                  name="by bids, asks"
                  value={hasRange
                    ? `${price("zeroGammaLow", 1)} – ${price("zeroGammaHigh", 1)}`
                    : DASH}
                  unit="pt"
                />
              </>
            )
            : <Computed driver={driver} isNewest={second === store.newest} />}
          <Row name="Call wall" value={price("callWall", 0)} unit="pt" ink="surface-calls" />
          <Row name="Put wall" value={price("putWall", 0)} unit="pt" ink="surface-puts" />
          <Row name="Tilt above spot" value={signed(of("gexTilt"), 2)} unit="of ±1" />
          <Row name="At the money" value={fixed(of("atmIv") * 100, 1)} unit="% vol/yr" />
          <Row name="25 Δ skew" value={signed(of("skew25d") * 100, 1)} unit="% vol/yr" />
        </tbody>
      </table>
    </section>
  );
}

/** What the server tells of the naive assumption only, computed here for the others. */
function Computed(
  { driver, isNewest }: { readonly driver: SurfaceDriver; readonly isNewest: boolean },
) {
  driver.state.beat.value;
  const found = isNewest && driver.state.supposedPoints.value === null ? driver.supposed() : null;
  const zero = found === null
    ? DASH
    : Number.isNaN(found.zeroGammaPoints)
    ? "none near"
    : fixed(found.zeroGammaPoints, 1);
  return (
    <>
      <Row
        name="Gamma *"
        value={found === null ? DASH : signed(found.gexTotal, 0)}
        unit="USD/pt²"
      />
      <Row name="Zero gamma *" value={zero} unit="pt" ink="forecast" />
      <tr>
        <td colSpan={3} class="note">
          * computed in this page, of the newest second
        </td>
      </tr>
    </>
  );
}

function Row(
  { name, value, unit, ink }: {
    readonly name: string;
    readonly value: string;
    readonly unit: string;
    readonly ink?: string;
  },
) {
  return (
    <tr>
      <th scope="row">
        {ink !== undefined && <i class="swatch" data-ink={ink} aria-hidden="true" />}
        {name}
      </th>
      <td>{value}</td>
      <td class="unit">{value === DASH || value === "none near" ? "" : unit}</td>
    </tr>
  );
}

/** What is to be known of the second, and of the volatilities. */
function Quality({ driver, second, hasData }: SecondProps & { readonly hasData: boolean }) {
  const { store, state } = driver;
  state.beat.value;
  const smile = second === store.newest ? store.latest?.chain?.smile : undefined;
  const carried = smile === undefined ? 0 : smile.ivSource.filter((source) => source === 2).length;
  const words = hasData ? qualityWords(store.quality(second), store.isBookValid(second)) : [];
  const count = smile?.ivSource.length ?? 0;
  const missing = store.missing();
  const isFine = words.length === 0 && carried === 0;
  return (
    <section>
      <h2>Quality</h2>
      {second >= 0 && !hasData && (
        <p class="bad">
          {store.isOnTheWay(second)
            ? "… the past is still coming"
            : "▲ no data: this second did not come"}
        </p>
      )}
      <ul class="quality">
        {words.map(({ word, title, isBad }) => (
          <li key={word} class={isBad ? "bad" : ""}>
            <b>{isBad ? "▲" : "·"} {word}</b> {title}
          </li>
        ))}
        {carried > 0 && (
          <li class={carried > count / 2 ? "bad" : ""}>
            <b>{carried > count / 2 ? "▲" : "·"} stale quotes</b> {fixed(carried, 0)} of{" "}
            {fixed(count, 0)} strikes ({percent(carried / count)}) keep an older volatility
          </li>
        )}
        {hasData && isFine && <li>✓ nothing to note</li>}
        {missing > 0 && (
          <li class="bad">
            <b>▲ gaps</b> {fixed(missing, 0)} of the seconds kept did not come; they stand hatched
          </li>
        )}
      </ul>
    </section>
  );
}
