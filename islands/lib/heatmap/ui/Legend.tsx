import { useEffect, useRef } from "preact/hooks";
import { significant } from "../../text/mod.ts";
import { LUT_SIZE, readTheme, scaleLut } from "../../canvas/mod.ts";
import { lookScale, quantityInfo, scaleEnds } from "../quantity_info.ts";
import type { HeatmapDriver } from "../heatmap_driver.ts";

/** Steps of the clip control per factor of ten. */
const STEPS = 20;

/** The colour scale with unit and range; dragging it, or its arrow keys, clips the range. */
export function Legend({ driver }: { readonly driver: HeatmapDriver }) {
  const { state } = driver;
  const canvas = useRef<HTMLCanvasElement>(null);
  const quantity = state.quantity.value;
  const palette = state.palette.value;
  const clip = state.clip.value;
  const qtyUnit = state.config.value?.qtyUnit ?? "contracts";
  const scale = lookScale({ quantity, palette, clip }, qtyUnit);
  useEffect(() => {
    const pen = canvas.current?.getContext("2d");
    if (!pen) return;
    const image = new ImageData(LUT_SIZE, 1);
    new Uint32Array(image.data.buffer).set(scaleLut(scale, readTheme().token));
    pen.putImageData(image, 0, 0);
  }, [quantity, palette]);
  const info = quantityInfo(quantity, qtyUnit);
  const diverging = scale.kind === "diverging";
  const [low, high] = scaleEnds(scale);
  const [min, max] = quantity === "score" ? [-STEPS, 0] : [-STEPS, 6 * STEPS];
  return (
    <div class="legend">
      <span class="end mono">{low}</span>
      <span class="scale">
        <canvas ref={canvas} width={LUT_SIZE} height={1} aria-hidden="true" />
        <span class="words" aria-hidden="true">
          <span>{info.low}</span>
          {diverging && <span>0</span>}
          <span>{info.high}</span>
        </span>
        <input
          type="range"
          min={min}
          max={max}
          step={1}
          value={Math.round(STEPS * Math.log10(clip))}
          aria-label={`Clip the ${info.label.toLowerCase()} scale`}
          aria-valuetext={`${significant(clip)} ${scale.unit}`}
          title="Drag to clip the range; double click to fit it"
          onInput={(event) => {
            state.clip.value = 10 ** (Number(event.currentTarget.value) / STEPS);
            driver.repaint();
          }}
          onDblClick={() => driver.fitClip()}
        />
      </span>
      <span class="end mono">{high}</span>
      <span class="unit">{scale.unit}</span>
    </div>
  );
}
