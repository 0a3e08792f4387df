import { useEffect, useRef } from "preact/hooks";
import type { Actions } from "../actions.ts";
import { Stamp } from "../../pane/mod.ts";
import { PlotCanvases, ReloadButton, RetryButton, ViewMarks } from "../../picture/ui/mod.ts";
import { EXCHANGE_ZONE_LABEL, exchangeClock, spanText } from "../../text/mod.ts";
import { QUANTITIES, quantityInfo } from "../quantity_info.ts";
import { captionFits } from "../cone_zone.ts";
import { PAST_CONE_MS } from "../cone_history.ts";
import { aheadLabel, coneHorizons, coverageText } from "../forecast_text.ts";
import type { BinSource } from "../bin_source.ts";
import type { HeatmapDriver } from "../heatmap_driver.ts";
import { Legend } from "./Legend.tsx";
import { Readout } from "./Readout.tsx";
import { TradeBar } from "./TradeBar.tsx";

/** What the pane is made with. */
export interface HeatmapPaneProps {
  readonly driver: HeatmapDriver;
  readonly actions: Actions;
  readonly source: () => BinSource;
}

/** The heatmap with its scale, marks and crosshair readout. */
export function HeatmapPane({ driver, actions, source }: HeatmapPaneProps) {
  const { state } = driver;
  return (
    <section class="pane heat" aria-label="Pressure and vacuum heatmap">
      <div class="pane-head">
        <div class="segments" role="radiogroup" aria-label="Quantity">
          {QUANTITIES.map((quantity, i) => (
            <button
              key={quantity}
              type="button"
              role="radio"
              aria-checked={state.quantity.value === quantity ? "true" : "false"}
              title={`${quantityInfo(quantity, "").label} (${i + 1})`}
              onClick={() => actions.setQuantity(quantity)}
            >
              {quantityInfo(quantity, "").label}
            </button>
          ))}
        </div>
        <span class="grow" />
        <Legend driver={driver} />
      </div>
      <TradeBar driver={driver} actions={actions} />
      <PlotCanvases
        label="Heatmap. The arrows move the crosshair, T shows a table."
        pictureLabel="Price ticks over time, coloured by the chosen quantity"
        spoken={state.spoken.value}
        start={(base, overlay) => driver.start(base, overlay, source())}
        picture={() => driver.picture}
      >
        <Plates driver={driver} actions={actions} />
        <Readout driver={driver} />
      </PlotCanvases>
    </section>
  );
}

/** The picture's own stamp. */
function StampMark({ driver }: { readonly driver: HeatmapDriver }) {
  const provenance = driver.provenance.value;
  if (provenance === null) return null;
  return (
    <span class="mark">
      <Stamp of={provenance} />
    </span>
  );
}

/** Marks over the picture: what feed it is, what is wrong, how far back the view lies. */
function Plates(
  { driver, actions }: { readonly driver: HeatmapDriver; readonly actions: Actions },
) {
  const { state } = driver;
  state.beat.value;
  const health = driver.health();
  const feed = state.feed.value;
  const marks = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The canvases beside are greyed by this.
    marks.current!.parentElement!.dataset["health"] = health.kind;
  }, [health.kind]);
  return (
    <>
      <div class="marks" ref={marks}>
        <StampMark driver={driver} />
        {health.kind === "replay" && health.plate === null && (
          <span class="mark strong mono">
            ◷ {exchangeClock(driver.nowMs() ?? 0, true)} {EXCHANGE_ZONE_LABEL}
          </span>
        )}
        {health.kind !== "replay" && feed?.phase === "paused" && (
          <span class="mark strong">❚❚ Paused</span>
        )}
        <ViewMarks state={state} actions={actions} />
        <AheadMark driver={driver} />
      </div>
      {health.plate !== null && (
        <div class="plate" data-kind={health.kind}>
          <p>{health.plate}</p>
          {health.kind === "seeking" && <SeekProgress share={feed?.progress ?? null} />}
          {health.kind === "seeking" && feed?.kind === "replay" && (
            <button type="button" title="Back to where it stood (Esc)" onClick={actions.cancelSeek}>
              Cancel
            </button>
          )}
          {health.kind === "reconnecting" && <RetryButton retry={() => driver.reconnect()} />}
          {state.link.value.kind === "absent"
            ? <ReloadButton />
            : (health.kind === "error" || health.kind === "ended") && (
              <button
                type="button"
                onClick={() => state.feedOpen.value = true}
              >
                Choose a feed
              </button>
            )}
        </div>
      )}
    </>
  );
}

/** What of the picture's forecasts does not speak for itself. */
function AheadMark({ driver }: { readonly driver: HeatmapDriver }) {
  driver.state.beat.value;
  const { picture: heatmap, history } = driver;
  if (!heatmap || !history || history.store.last < 0) return null;
  if (driver.state.ahead.value === "bands") {
    return <span class="mark">Original bands (not prices, uncalibrated) · V shows the cone</span>;
  }
  const forecast = history.forecast();
  const longest = forecast === null ? undefined : coneHorizons(forecast).at(-1);
  return (
    <>
      {!captionFits(heatmap.layout) && longest !== undefined && (
        <span class="mark">{coverageText(longest)}</span>
      )}
      {heatmap.showsPast && (
        <span class="mark">
          80 % cone said {aheadLabel(PAST_CONE_MS).slice(1)} before; a mark at the foot: missed
        </span>
      )}
    </>
  );
}

/** How far a seek is and, once it can be told, how long it will still take. */
function SeekProgress({ share }: { readonly share: number | null }) {
  const began = useRef<{ readonly atMs: number; readonly share: number } | null>(null);
  const nowMs = performance.now();
  began.current ??= { atMs: nowMs, share: share ?? 0 };
  const done = (share ?? 0) - began.current.share;
  const leftMs = done > 0.02 ? ((nowMs - began.current.atMs) * (1 - (share ?? 0))) / done : null;
  return (
    <>
      <progress max={1} value={share ?? undefined} aria-label="Seek progress" />
      <span class="note mono">{leftMs === null ? "" : `about ${spanText(leftMs)} left`}</span>
    </>
  );
}
