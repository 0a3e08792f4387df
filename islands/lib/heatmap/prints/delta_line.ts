import type { Theme } from "../../canvas/mod.ts";
import type { PrintBook } from "./print_book.ts";

/** Draws the cumulative delta of a book's prints up to a time, from the newest gap on, over their count. */
export function drawDelta(
  canvas: HTMLCanvasElement,
  book: PrintBook,
  untilMs: number,
  theme: Theme,
  dpr: number,
): void {
  const pen = canvas.getContext("2d");
  if (pen === null) return;
  canvas.width = Math.max(1, Math.round(canvas.clientWidth * dpr));
  canvas.height = Math.max(1, Math.round(canvas.clientHeight * dpr));
  const { width, height } = canvas;
  const steps = deltaSteps(book, untilMs);
  if (steps.length === 0) return;
  let [low, high] = [0, 0];
  for (const step of steps) [low, high] = [Math.min(low, step), Math.max(high, step)];
  const pad = 3 * dpr;
  const y = (value: number) =>
    high === low ? height / 2 : pad + (height - 2 * pad) * (1 - (value - low) / (high - low));
  pen.fillStyle = theme.line;
  pen.fillRect(0, Math.round(y(0)), width, Math.max(1, Math.round(dpr)));
  pen.beginPath();
  steps.forEach((step, i) => {
    const x = steps.length === 1 ? width : (i / (steps.length - 1)) * width;
    if (i === 0) pen.moveTo(x, y(step));
    else pen.lineTo(x, y(step));
  });
  pen.strokeStyle = theme.text1;
  pen.lineWidth = 1.25 * dpr;
  pen.lineJoin = "round";
  pen.stroke();
}

/** Cumulative delta after every print, oldest first; it begins at 0 with the newest gap. */
function deltaSteps(book: PrintBook, untilMs: number): readonly number[] {
  const steps: number[] = [];
  let now = 0;
  for (const row of book.rows) {
    if (row.ts > untilMs) break;
    if (row.kind === "gap") {
      steps.length = 0;
      now = 0;
      continue;
    }
    now += row.aggressor * row.size;
    steps.push(now);
  }
  return steps;
}
