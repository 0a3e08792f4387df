import { useEffect } from "preact/hooks";
import type { Actions } from "../actions.ts";
import type { HeatmapDriver } from "../heatmap_driver.ts";
import { Icon } from "../../pane/mod.ts";
import { fixed } from "../../text/mod.ts";
import {
  type BubbleSummary,
  MAX_RADIUS_CSS,
  mergedText,
  MIN_SIZES,
  rememberedTrades,
} from "../trades/mod.ts";

/** What of the largest bubble's quantity the smaller one of the legend stands for. */
const SMALLER = 1 / 5;

/** Trades on the picture: on or off, what the bubbles mean, their sizes, the least size drawn; and the picture to save. */
export function TradeBar(
  { driver, actions }: { readonly driver: HeatmapDriver; readonly actions: Actions },
) {
  const { state } = driver;
  state.beat.value;
  useEffect(() => {
    const choice = rememberedTrades();
    if (choice !== null) actions.setTrades(choice.isShown, choice.minQty);
  }, []);
  const isShown = state.showTrades.value;
  const minQty = state.minTradeQty.value;
  const unit = state.config.value?.qtyUnit ?? "contracts";
  const summary = driver.picture?.tradeSummary() ?? null;
  return (
    <div class="trade-bar" role="group" aria-label="Trades on the picture">
      <button
        type="button"
        aria-pressed={isShown ? "true" : "false"}
        title="Draw trades (U)"
        onClick={actions.toggleTrades}
      >
        Trades
      </button>
      {isShown && (
        <>
          <span class="shapes">
            <Shape kind="buy" text="bought" />
            <Shape kind="sell" text="sold" />
            <Shape kind="none" text="no side" />
          </span>
          <Sizes qty={summary?.scaleQty ?? 1} unit={unit} />
          <label class="least" title="Leaves out prices of a bin at which less traded">
            <span class="word">Min</span>
            <input
              type="range"
              min={0}
              max={MIN_SIZES.length - 1}
              step={1}
              value={MIN_SIZES.findIndex((size) => size === minQty)}
              aria-label="Least size of a trade mark"
              aria-valuetext={`${minQty} ${unit} and more`}
              onInput={(event) =>
                actions.setTrades(true, MIN_SIZES[Number(event.currentTarget.value)] ?? 1)}
            />
            <span class="mono" data-min>≥ {fixed(minQty, 0)}</span>
          </label>
          {summary !== null && <Shown summary={summary} unit={unit} driver={driver} />}
        </>
      )}
      <button
        type="button"
        class="save-picture"
        title="Save the picture as PNG (Q)"
        onClick={actions.savePicture}
      >
        <Icon name="picture" />
        <span class="sr">Save the picture as PNG</span>
      </button>
    </div>
  );
}

function Shape(
  { kind, text }: { readonly kind: "buy" | "sell" | "none"; readonly text: string },
) {
  return (
    <span class="shape" title={text}>
      <svg viewBox="-7 -7 14 14" width="14" height="14" aria-hidden="true" data-shape={kind}>
        {kind === "buy" && <circle r="5" />}
        {kind === "sell" && <path d="M0-6.3 6.3 0 0 6.3-6.3 0Z" />}
        {kind === "none" && <rect x="-4.4" y="-4.4" width="8.8" height="8.8" />}
      </svg>
      <span class="word">{text}</span>
    </span>
  );
}

/** Two bubbles with the quantities that they stand for. */
function Sizes({ qty, unit }: { readonly qty: number; readonly unit: string }) {
  const sizes = qty * SMALLER >= 1 ? [qty * SMALLER, qty] : [qty];
  return (
    <span class="sizes mono" title="Areas are sizes">
      {sizes.map((size) => {
        const radius = MAX_RADIUS_CSS * Math.sqrt(size / qty);
        const side = 2 * Math.ceil(radius + 1);
        return (
          <span class="size" key={size}>
            <svg
              aria-hidden="true"
              viewBox={`${-side / 2} ${-side / 2} ${side} ${side}`}
              width={side}
              height={side}
            >
              <circle r={radius} />
            </svg>
            {fixed(size, 0)}
          </span>
        );
      })}
      <span class="unit">{unit}</span>
    </span>
  );
}

/** How much of what traded is drawn, and what was merged. */
function Shown(
  { summary, unit, driver }: {
    readonly summary: BubbleSummary;
    readonly unit: string;
    readonly driver: HeatmapDriver;
  },
) {
  const { shownQty, allQty, mergedBins, mergedTicks } = summary;
  const isMerged = mergedBins > 1 || mergedTicks > 1;
  const cellMs = driver.state.config.value?.cellMs ?? 100;
  return (
    <span class="shown mono">
      {`${fixed(shownQty, 0)} of ${fixed(allQty, 0)} ${unit}`}
      <span class="merged">
        {" in sight"}
        {isMerged && ` · one mark: ${mergedText(mergedBins * cellMs, mergedTicks)}`}
      </span>
    </span>
  );
}
