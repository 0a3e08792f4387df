import { equal, ok } from "node:assert/strict";
import { prefix } from "../../regime/mod.ts";
import { blockStart, momentsBetween } from "./quote_grid.ts";

const FROM_MS = 1_768_000_000_000;

function moments(draws: number, cellMs: number, fromMs: number, untilMs: number): number[] {
  const found: number[] = [];
  momentsBetween(draws, cellMs, fromMs, untilMs, (ts) => found.push(ts));
  return found.sort((a, b) => a - b);
}

Deno.test("momentsBetween() gives one moment a cell, the same whatever stretch is asked for", () => {
  const cell = 17_000;
  const whole = moments(prefix(5), cell, FROM_MS, FROM_MS + 1_000 * cell);
  ok(Math.abs(whole.length - 1_000) <= 2);
  whole.forEach((ts, i) => {
    if (i > 0) ok(ts - (whole[i - 1] ?? 0) < 2 * cell);
  });
  const pieces: number[] = [];
  for (let ts = FROM_MS; ts < FROM_MS + 1_000 * cell; ts += 10_000) {
    pieces.push(...moments(prefix(5), cell, ts, ts + 10_000));
  }
  equal(pieces.join(), whole.join());
});

Deno.test("momentsBetween() has no line at its cell or a part of it, nor do contracts keep step", () => {
  const cell = 6_000;
  for (const parts of [1, 2, 3, 6]) {
    let power = 0;
    for (let contract = 0; contract < 40; contract++) {
      let re = 0;
      let im = 0;
      const found = moments(prefix(6, contract), cell, FROM_MS, FROM_MS + 400 * cell);
      for (const ts of found) {
        const angle = 2 * Math.PI * parts * ((ts - FROM_MS) % cell) / cell;
        re += Math.cos(angle);
        im += Math.sin(angle);
      }
      power += (re * re + im * im) / found.length;
    }
    ok(power / 40 < 1.6, `${parts} in a cell: ${power / 40}`);
  }
});

Deno.test("blockStart() cuts minutes at a second of each symbol's own", () => {
  const starts = new Set<number>();
  for (let symbol = 0; symbol < 40; symbol++) {
    const start = blockStart(symbol, FROM_MS);
    ok(start <= FROM_MS && FROM_MS - start < 60_000 && start % 1_000 === 0);
    equal(blockStart(symbol, start + 59_999), start);
    equal(blockStart(symbol, start + 60_000), start + 60_000);
    starts.add(start);
  }
  ok(starts.size > 15);
});
