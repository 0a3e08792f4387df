import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { newYorkNs } from "../../../engine/clock/mod.ts";
import { clockTime, findWindow, type WindowRequest } from "./window.ts";

const CELL_NS = 100_000_000;

/** A recording of the nights and days from the 6th to the 9th of March: the clocks go on in it. */
const LONG = { startNs: newYorkNs("2026-03-06", "18:00"), endNs: newYorkNs("2026-03-09", "17:00") };

function find(start: string, end: string, date: string | null = null, recorded = LONG) {
  return findWindow({ start, end, date } satisfies WindowRequest, recorded, CELL_NS);
}

Deno.test("clockTime() reads what people write", () => {
  const cases = [
    ["09:25", "09:25:00"],
    ["9:25", "09:25:00"],
    ["09:25:00 AM", "09:25:00"],
    ["12:00 am", "00:00:00"],
    ["12:30PM", "12:30:00"],
    ["1:05:09 pm", "13:05:09"],
    ["24:00", "24:00:00"],
  ] as const;
  for (const [text, time] of cases) strictEqual(clockTime(text), time);
  for (const bad of ["", "9", "24:01", "13:00 PM", "0:30 AM", "09:60", "09:25:00:00", "noon"]) {
    throws(() => clockTime(bad), { code: "usage" }, bad);
  }
});

Deno.test("findWindow() takes the one day that holds the window", () => {
  const window = find("19:00", "24:00", "2026-03-07");
  deepStrictEqual([window.date, window.startTime], ["2026-03-07", "19:00"]);
  strictEqual(window.startNs, newYorkNs("2026-03-07", "19:00"));
  strictEqual(window.endNs, newYorkNs("2026-03-08", "00:00"));
  const short = { startNs: LONG.startNs, endNs: newYorkNs("2026-03-07", "17:00") };
  strictEqual(find("19:00", "20:00", null, short).date, "2026-03-06");
  strictEqual(find("09:00", "10:00", null, short).date, "2026-03-07");
});

Deno.test("findWindow() says why it takes none", () => {
  throws(() => find("19:00", "20:00"), { code: "outside", message: /on 3 days.*give --dt/ });
  throws(() => find("02:15", "02:45", "2026-03-08"), { code: "outside" }, "the day skips it");
  strictEqual(find("02:15", "02:45", "2026-03-07").date, "2026-03-07");
  throws(() => find("09:00", "10:00", "2026-03-05"), { code: "outside" });
  throws(() => find("16:00", "17:30", "2026-03-09"), { code: "outside" });
  throws(() => find("17:59", "18:30", "2026-03-06"), { code: "outside" });
  throws(() => find("09:00:30", "10:00"), { code: "usage" });
  throws(() =>
    findWindow({ start: "09:00", end: "10:00", date: null }, {
      startNs: null,
      endNs: null,
    }, CELL_NS), { code: "outside" });
});

Deno.test("findWindow() takes a window that begins inside the recording's first bin", () => {
  const recorded = { startNs: newYorkNs("2026-03-10", "09:30") + 52_012n, endNs: null };
  strictEqual(
    findWindow({ start: "09:30", end: "09:31", date: null }, recorded, CELL_NS).date,
    "2026-03-10",
  );
});
