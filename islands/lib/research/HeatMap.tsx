import { useEffect, useRef, useState } from "preact/hooks";
import { fade, readTheme } from "../canvas/mod.ts";
import type { HeatGrid } from "./result.ts";

/** A grid of values around a middle. */
export interface HeatMapProps {
  readonly grid: HeatGrid;
  /** Value that is neither good nor bad. */
  readonly middle: number;
  readonly unit: string;
  readonly decimals: number;
}

const CELL_HEIGHT = 28;

/** A heatmap of few cells, each with its number; a cell under the pointer is spelt out below. */
export function HeatMap({ grid, middle, unit, decimals }: HeatMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [shown, setShown] = useState<string | null>(null);
  const { xs, ys, values } = grid;
  const known = values.filter((value) => value !== null);
  const reach = Math.max(1e-9, ...known.map((value) => Math.abs(value - middle)));

  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const draw = () => paint(element, grid, middle, reach, decimals);
    const watch = new ResizeObserver(draw);
    watch.observe(element);
    return () => watch.disconnect();
  }, [grid, middle, reach, decimals]);

  const point = (event: PointerEvent) => {
    const box = canvas.current?.getBoundingClientRect();
    if (box === undefined) return;
    const column = Math.floor((event.clientX - box.left) / box.width * xs.length);
    const row = Math.floor((event.clientY - box.top) / box.height * ys.length);
    const value = values[row * xs.length + column] ?? null;
    const text = value === null ? "none" : `${value.toFixed(decimals)} ${unit}`;
    const name = ys[row] === "" ? "" : `, ${ys[row]}`;
    setShown(xs[column] === undefined ? null : `${grid.xName} ${xs[column]}${name}: ${text}`);
  };

  return (
    <div class="research-heat">
      <div class="research-heat-grid" style={{ "--rows": ys.length }}>
        <ol class="research-heat-rows mono">{ys.map((name) => <li key={name}>{name}</li>)}</ol>
        <canvas
          ref={canvas}
          style={{ height: `${ys.length * CELL_HEIGHT}px` }}
          role="img"
          aria-label={`${ys.length} by ${xs.length} values from ${
            Math.min(...known).toFixed(decimals)
          } to ${Math.max(...known).toFixed(decimals)} ${unit}`}
          onPointerMove={point}
          onPointerLeave={() => setShown(null)}
        />
        <ol class="research-heat-columns mono">{xs.map((name) => <li key={name}>{name}</li>)}</ol>
      </div>
      <p class="research-legend mono">
        <span class="swatch" />
        {(middle - reach).toFixed(decimals)} … {middle.toFixed(decimals)} …{" "}
        {(middle + reach).toFixed(decimals)} {unit} · across: {grid.xName}
      </p>
      <p class="research-readout mono" aria-live="polite">{shown ?? "Point at a cell"}</p>
    </div>
  );
}

function paint(
  element: HTMLCanvasElement,
  { xs, ys, values }: HeatGrid,
  middle: number,
  reach: number,
  decimals: number,
): void {
  const context = element.getContext("2d");
  if (context === null) return;
  const { token, text1, mono } = readTheme();
  const ratio = devicePixelRatio;
  const width = Math.round(element.clientWidth * ratio);
  const height = Math.round(element.clientHeight * ratio);
  if (element.width !== width || element.height !== height) {
    element.width = width;
    element.height = height;
  }
  context.clearRect(0, 0, width, height);
  context.font = `${Math.round(11 * ratio)}px ${mono}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  values.forEach((value, i) => {
    const column = i % xs.length;
    const row = Math.floor(i / xs.length);
    const left = Math.round(column * width / xs.length);
    const top = Math.round(row * height / ys.length);
    const right = Math.round((column + 1) * width / xs.length);
    const bottom = Math.round((row + 1) * height / ys.length);
    if (value === null) return;
    const share = (value - middle) / reach;
    context.fillStyle = fade(token(share >= 0 ? "pressure" : "vacuum"), 0.55 * Math.abs(share));
    context.fillRect(left, top, right - left - 1, bottom - top - 1);
    context.fillStyle = text1;
    const sign = share > 0 && middle === 0 ? "+" : "";
    const text = `${sign}${value.toFixed(decimals)}`;
    if (right - left > context.measureText(text).width + 4) {
      context.fillText(text, (left + right) / 2, (top + bottom) / 2);
    }
  });
}
