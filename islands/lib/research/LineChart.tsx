import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { readTheme } from "../canvas/mod.ts";
import { secondText, timeTexts } from "./time_texts.ts";

/** One line of a chart. */
export interface Line {
  readonly name: string;
  /** Design token of its colour. */
  readonly token: string;
  readonly values: readonly (number | null)[];
  readonly isDashed?: boolean;
}

/** Lines over one axis. */
export interface LineChartProps {
  readonly x: readonly number[];
  /** Whether x is s since 1970, shown in New York time. */
  readonly isTime?: boolean;
  readonly xName: string;
  readonly unit: string;
  readonly lines: readonly Line[];
}

const HEIGHT = 236;

/** A line chart that fills its width; the legend shows the values under the pointer. */
export function LineChart({ x, isTime = false, xName, unit, lines }: LineChartProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const options = optionsOf({ x, isTime, xName, unit, lines }, element.clientWidth);
    const data = [x, ...lines.map((line) => line.values)] as unknown as uPlot.AlignedData;
    const plot = new uPlot(options, data, element);
    const watch = new ResizeObserver(() => {
      const width = element.clientWidth;
      if (width > 0 && width !== plot.width) plot.setSize({ width, height: HEIGHT });
    });
    watch.observe(element);
    return () => {
      watch.disconnect();
      plot.destroy();
    };
  }, [x, lines, isTime, xName, unit]);
  return <div class="research-plot" ref={place} />;
}

function optionsOf(props: LineChartProps, width: number): uPlot.Options {
  const { isTime, xName, unit, lines } = props;
  const { token, text3, line, mono } = readTheme();
  const axis = {
    stroke: text3,
    font: `11px ${mono}`,
    grid: { stroke: line, width: 1 },
    ticks: { stroke: line, width: 1, size: 4 },
  };
  const decimals = (value: number | null) =>
    value === null ? "–" : String(Number(value.toFixed(2)));
  return {
    width: Math.max(200, width),
    height: HEIGHT,
    scales: { x: { time: isTime ?? false } },
    axes: [
      {
        ...axis,
        size: 28,
        label: isTime ? "New York" : xName,
        labelSize: 18,
        labelFont: axis.font,
        ...(isTime && { values: (_: uPlot, ticks: number[]) => timeTexts(ticks) }),
      },
      { ...axis, size: 52, values: (_, ticks) => ticks.map(decimals) },
    ],
    series: [
      isTime
        ? { label: "New York", value: (_, s) => s === null ? "–" : secondText(s) }
        : { label: xName, value: (_, v) => v === null ? "–" : String(Number(v.toPrecision(4))) },
      ...lines.map((own): uPlot.Series => ({
        label: own.name,
        stroke: token(own.token),
        width: 1.5,
        ...(own.isDashed && { dash: [4, 4] }),
        points: { show: props.x.length < 40, size: 5 },
        spanGaps: true,
        value: (_, value) => value === null ? "–" : `${decimals(value)} ${unit}`,
      })),
    ],
    cursor: { drag: { x: true, y: false } },
  };
}
