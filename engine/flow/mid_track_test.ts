import { ok, strictEqual } from "node:assert/strict";
import { z01 } from "../regime/hash.ts";
import { MidTrack } from "./_mid_track.ts";
import { TEN } from "./testing/flow_script.ts";

Deno.test("MidTrack finds the one-minute deviation of a random walk", () => {
  // Steps of 1 basis point a second: √60 a minute. The mean absolute value over three minutes of overlapping
  // returns scatters by a fifth, so forty walks are averaged.
  let sum = 0;
  for (let walk = 0; walk < 40; walk++) {
    const track = new MidTrack();
    let mid = 100;
    for (let s = 0; s < 400; s++) track.update(TEN + s * 1_000, mid *= 1 + z01(7, walk, s) / 1e4);
    sum += track.sigma1mBps(TEN + 400_000) ?? 0;
  }
  ok(Math.abs(sum / 40 / Math.sqrt(60) - 1) < 0.1, String(sum / 40));
});

Deno.test("MidTrack takes the mid of a minute before, never a later one", () => {
  const track = new MidTrack();
  for (let s = 0; s < 200; s++) track.update(TEN + s * 1_000, s < 100 ? 100 : 101);
  // The jump came at second 100; a packet at 160 looks back to the end of second 99.
  ok(Math.abs((track.moveBps(TEN + 160_000, 101) ?? 0) - 100) < 1e-9);
  ok(Math.abs(track.moveBps(TEN + 162_000, 101) ?? 9) < 1e-9);
});

Deno.test("MidTrack knows nothing at first and after a gap of quotes", () => {
  const track = new MidTrack();
  strictEqual(track.moveBps(TEN, 100), null);
  for (let s = 0; s < 130; s++) track.update(TEN + s * 1_000, 100 + (s % 3) * 0.01);
  ok(track.sigma1mBps(TEN + 130_000) !== null);
  // What is older than three minutes says nothing.
  strictEqual(track.sigma1mBps(TEN + 330_000), null);
  // With twenty seconds of history a shorter move stands for the minute's.
  const young = new MidTrack();
  for (let s = 0; s <= 30; s++) young.update(TEN + s * 1_000, s === 0 ? 100 : 101);
  ok(Math.abs((young.moveBps(TEN + 30_000, 101) ?? 0) - 100) < 1e-9);
  strictEqual(young.moveBps(TEN + 15_000, 101), null);
  track.update(TEN + 900_000, 120);
  strictEqual(track.sigma1mBps(TEN + 901_000), null);
  strictEqual(track.moveBps(TEN + 901_000, 120), null);
});

Deno.test("an opening gap does not drown three minutes of moves", () => {
  const track = new MidTrack();
  let mid = 100;
  for (let s = 0; s < 700; s++) {
    if (s === 600) mid *= 1.04;
    track.update(TEN + s * 1_000, mid *= 1 + z01(8, s) / 1e4);
  }
  const sigma = track.sigma1mBps(TEN + 700_000) ?? 99;
  ok(sigma < 2 * Math.sqrt(60), String(sigma));
});
