import { useLayoutEffect, useRef } from "preact/hooks";

/** Steps of a bar to either side: finer ones than a pixel would be drawn anew for nothing. */
const STEPS = 1_000;

/** A bar from −1 to +1 with its zero in the middle. The width is set from script: no style attribute. */
export function Gauge({ value, faint }: { readonly value: number; readonly faint: boolean }) {
  const bar = useRef<HTMLSpanElement>(null);
  const share = Math.round(STEPS * Math.max(-1, Math.min(1, value))) / STEPS;
  useLayoutEffect(() => {
    const style = bar.current!.style;
    style.left = `${share < 0 ? 50 + 50 * share : 50}%`;
    style.width = `${Math.abs(share) * 50}%`;
  }, [share]);
  return (
    <span class={faint ? "gauge faint" : "gauge"} data-sign={Math.sign(value)} aria-hidden="true">
      <span ref={bar} />
    </span>
  );
}
