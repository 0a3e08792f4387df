import { strictEqual, throws } from "node:assert/strict";
import { newYorkDate, newYorkNs, newYorkText, sessionWindow } from "./new_york.ts";

interface TimeCase {
  readonly dt: string;
  readonly start_time: string | null;
  readonly product_type: "future_mbo" | "equity_mbo";
  readonly emit_after_ns: string;
  readonly soft_reanchor_after_ns: string;
  readonly session_window_ns: readonly [string, string];
}

const { time } = JSON.parse(Deno.readTextFileSync(
  `${import.meta.dirname}/../../fixtures/vacuum-pressure/unit-math.json`,
)) as { time: readonly TimeCase[] };

Deno.test("newYorkNs() and sessionWindow() equal the golden times", () => {
  for (const c of time) {
    if (c.start_time !== null) {
      strictEqual(
        newYorkNs(c.dt, c.start_time),
        BigInt(c.emit_after_ns),
        `${c.dt} ${c.start_time}`,
      );
    }
    strictEqual(newYorkNs(c.dt, "09:30"), BigInt(c.soft_reanchor_after_ns), c.dt);
    const window = sessionWindow(c.product_type, c.dt);
    strictEqual(window.fromNs, BigInt(c.session_window_ns[0]), c.dt);
    strictEqual(window.toNs, BigInt(c.session_window_ns[1]), c.dt);
  }
});

Deno.test("newYorkNs() knows skipped and repeated hours", () => {
  throws(() => newYorkNs("2026-03-08", "02:30"), /skips/);
  throws(() => sessionWindow("equity_mbo", "2026-03-08"), /skips/);
  strictEqual(newYorkNs("2025-11-02", "01:30"), 1_762_061_400_000_000_000n);
});

Deno.test("newYorkNs() refuses what is no time", () => {
  throws(() => newYorkNs("2026-02-31x", "09:30"), RangeError);
  throws(() => newYorkNs("2026-02-06", "25:00"), RangeError);
});

Deno.test("newYorkText() and newYorkDate() invert newYorkNs(), in summer and winter", () => {
  for (const text of ["2025-09-24 15:30:00", "2026-01-02 00:00:00", "2025-07-04 23:59:59"]) {
    const [date = "", time = ""] = text.split(" ");
    strictEqual(newYorkText(newYorkNs(date, time)), text);
    strictEqual(newYorkDate(newYorkNs(date, time)), date);
  }
  // 00:30 UTC is still the evening before in New York.
  strictEqual(newYorkDate(1_758_760_200_000_000_000n), "2025-09-24");
});
