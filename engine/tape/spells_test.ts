import { ok } from "node:assert/strict";
import { prefix } from "../regime/mod.ts";
import { isBusySpell } from "./spells.ts";

const CELL_MS = 97_000;
const SHARE = 0.35;
const FROM_MS = 1_768_000_000_000;

Deno.test("isBusySpell() is busy for its share of the time, in runs as long as it says", () => {
  let busy = 0;
  let runs = 0;
  let before = false;
  const seconds = 600_000;
  for (let s = 0; s < seconds; s++) {
    const now = isBusySpell(prefix(3), FROM_MS + s * 1_000, CELL_MS, SHARE);
    if (now) busy++;
    if (now && !before) runs++;
    before = now;
  }
  ok(Math.abs(busy / seconds / SHARE - 1) < 0.05, `${busy / seconds}`);
  ok(Math.abs(busy / runs / (CELL_MS / 1_000 / (1 - SHARE)) - 1) < 0.06, `${busy / runs} s`);
});

Deno.test("isBusySpell() turns at any place of its cells", () => {
  const turns = new Array<number>(10).fill(0);
  let before = isBusySpell(prefix(4), FROM_MS, CELL_MS, SHARE);
  for (let s = 1; s < 900_000; s++) {
    const ts = FROM_MS + s * 1_000;
    const now = isBusySpell(prefix(4), ts, CELL_MS, SHARE);
    const tenth = Math.floor(10 * (ts % CELL_MS) / CELL_MS);
    if (now !== before) turns[tenth] = (turns[tenth] ?? 0) + 1;
    before = now;
  }
  const mean = turns.reduce((sum, n) => sum + n, 0) / turns.length;
  ok(mean > 300);
  for (const n of turns) ok(Math.abs(n - mean) < 4.5 * Math.sqrt(mean), turns.join(" "));
});
