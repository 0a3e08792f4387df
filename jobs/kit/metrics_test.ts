import { strictEqual } from "node:assert/strict";
import { prometheusText } from "./metrics.ts";

Deno.test("prometheusText() writes help, type and value per figure", () => {
  strictEqual(
    prometheusText([
      { name: "lotus_bins_total", type: "counter", help: "Bins closed", value: 12 },
      { name: "lotus_lag_seconds", type: "gauge", help: "Lag", value: 0.25 },
    ]),
    "# HELP lotus_bins_total Bins closed\n# TYPE lotus_bins_total counter\nlotus_bins_total 12\n" +
      "# HELP lotus_lag_seconds Lag\n# TYPE lotus_lag_seconds gauge\nlotus_lag_seconds 0.25\n",
  );
});
