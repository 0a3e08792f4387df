import { readTheme, scaleLut } from "../canvas/mod.ts";
import { savePicture } from "../pane/mod.ts";
import { fixed } from "../text/mod.ts";
import type { HeatmapDriver } from "./heatmap_driver.ts";
import { lookScale, quantityInfo, scaleEnds } from "./quantity_info.ts";

/** Gives the browser the heatmap as it stands, as a PNG that names market, quantity, scale, time and age. */
export function saveHeatmap(driver: HeatmapDriver): void {
  const { picture: heatmap, state } = driver;
  const of = driver.provenance.peek();
  const untilMs = heatmap?.newestMs() ?? null;
  if (heatmap === null || of === null || untilMs === null) return;
  const isReplay = of.isReplay || driver.replayTs() !== null;
  const unit = state.config.value?.qtyUnit ?? "contracts";
  const look = driver.look;
  const { label, low, high } = quantityInfo(look.quantity, unit);
  const scale = lookScale(look, unit);
  const [lowEnd, highEnd] = scaleEnds(scale);
  const trades = heatmap.tradeSummary();
  const { word, detail } = driver.health();
  savePicture({
    layers: heatmap.layers,
    of: { ...of, isReplay },
    what: [
      label,
      ...(trades === null ? [] : [
        `trades ● bought ◆ sold □ no side, ${fixed(trades.shownQty, 0)} of ${
          fixed(trades.allQty, 0)
        } ${unit}`,
      ]),
      `${word}${detail}`,
    ],
    untilMs,
    scale: {
      lut: scaleLut(scale, readTheme().token),
      low: `${lowEnd} ${low}`.trim(),
      high: `${highEnd} ${high} ${scale.unit}`.replaceAll(/ +/g, " ").trim(),
    },
  });
}
