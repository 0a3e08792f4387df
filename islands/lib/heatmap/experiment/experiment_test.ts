import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { ENG, GridEncoder, type GridFrame, gridUpdate } from "../../../../engine/frames/mod.ts";
import {
  DEFAULT_PARAMETERS,
  DirectionalSignals,
  type ParameterName,
  type SignalParameters,
} from "../../../../engine/signals/mod.ts";
import { ScriptedMarket } from "../../../../jobs/testing/scripted_market.ts";
import { COLUMN } from "../column_store.ts";
import { GridDecoder } from "../grid_decoder.ts";
import { BinHistory } from "../history.ts";
import { type BinHeader, readMessage } from "../wire.ts";
import { compareStretch, comparisonText, pageStretch } from "./compare.ts";
import { fitValue, PARAMETER_GROUPS, withValue } from "./parameter_info.ts";
import { parametersText, readParameters } from "./parameter_text.ts";

/** k, v_add, v_fill, v_pull, vacuum_variant. */
type Row = readonly [number, number, number, number, number];

interface GoldenCase {
  readonly name: string;
  readonly cell_width_ms: number;
  readonly bins: readonly (readonly Row[])[];
  readonly expect: readonly (readonly number[])[];
}

const FIXTURE = new URL(
  "../../../../fixtures/vacuum-pressure/signal-cases.json.gz",
  import.meta.url,
);
const CASES: readonly GoldenCase[] =
  JSON.parse(gunzipSync(Deno.readFileSync(FIXTURE)).toString()).cases;

/** An empty history of the scripted market's instrument, with bins of another width if wanted. */
function historyOf(market: ScriptedMarket, cellMs = 100): BinHistory {
  const message = readMessage(JSON.stringify({
    ...market.config(),
    cell_width_ms: cellMs,
    projection_horizons_ms: [1, 2, 3, 4].map((bins) => bins * cellMs),
  }));
  ok(message.type === "runtime_config");
  return new BinHistory(message.config);
}

function updateOf(frame: GridFrame): BinHeader {
  const message = readMessage(JSON.stringify(gridUpdate(frame, true)));
  ok(message.type === "grid_update");
  return message.update;
}

function near(actual: number, expected: number, where: string): void {
  const bound = 1e-9 + 1e-9 * Math.abs(expected);
  ok(Math.abs(actual - expected) <= bound, `${where}: ${actual}, expected ${expected}`);
}

function check(history: BinHistory, expected: readonly number[], where: string): void {
  const values = history.signals.values;
  ok(values !== null);
  const { composite, ads, pfp, svac, warmup } = values;
  [composite, ads, pfp, svac, warmup].forEach((value, i) =>
    near(value, expected[i]!, `${where}, value ${i}`)
  );
}

/** Whether rows run from −R to +R without a hole, as they do in a window. */
function isWindow(rows: readonly Row[]): boolean {
  const radius = (rows.length - 1) / 2;
  return rows.every(([k], i) => k === i - radius);
}

for (const { name, cell_width_ms: cellMs, bins, expect } of CASES) {
  const first = bins[0] ?? [];
  if (isWindow(first)) {
    Deno.test(`the page gives the golden signals of ${name} from Arrow, and again when it computes anew`, () => {
      const market = new ScriptedMarket({ radius: (first.length - 1) / 2 });
      const history = historyOf(market, cellMs);
      const horizonsMs = [1, 2, 3, 4].map((n) => n * cellMs);
      const encoder = new GridEncoder(first.length, horizonsMs);
      const decoder = new GridDecoder({ radius: (first.length - 1) / 2, horizonsMs });
      const { frame } = market;
      market.sendBins(1);
      bins.forEach((rows, i) => {
        rows.forEach(([, vAdd, vFill, vPull, vacuum], row) => {
          frame.engine[ENG.V_ADD]![row] = vAdd;
          frame.engine[ENG.V_FILL]![row] = vFill;
          frame.engine[ENG.V_PULL]![row] = vPull;
          frame.engine[ENG.VACUUM]![row] = vacuum;
        });
        frame.binSeq = i;
        frame.binStartNs = i * cellMs * 1e6;
        frame.binEndNs = frame.binStartNs + cellMs * 1e6;
        frame.spotHalfTick = false;
        strictEqual(
          history.accept({
            update: updateOf(frame),
            values: decoder.decode(encoder.encode(frame)),
          }),
          "added",
        );
        check(history, expect[i]!, `bin ${i}`);
      });
      history.setParameters(DEFAULT_PARAMETERS);
      check(history, expect.at(-1)!, "computed anew");
      const page = pageStretch(history);
      ok(page !== null);
      strictEqual(page.values.length, 5 * bins.length);
      page.values.forEach((value, i) =>
        near(value, expect[Math.floor(i / 5)]![i % 5]!, `compared value ${i}`)
      );
    });
  } else {
    Deno.test(`the page's signals give the golden values of ${name}, where levels are missing`, () => {
      const history = historyOf(new ScriptedMarket({ radius: 25 }), cellMs);
      const { store, signals } = history;
      bins.forEach((rows, i) => {
        const column = (c: 1 | 2 | 3 | 4) => Float64Array.from(rows, (row) => row[c]);
        signals.update(store, 0, {
          k: Int32Array.from(rows, ([k]) => k),
          vAdd: column(1),
          vFill: column(2),
          vPull: column(3),
          vacuum: column(4),
          spotHalfTick: false,
        });
        check(history, expect[i]!, `bin ${i}`);
      });
    });
  }
}

/** A history of scripted bins with a hole in the middle. */
function busyHistory(): { readonly history: BinHistory; readonly offer: (count: number) => void } {
  const market = new ScriptedMarket({ radius: 25 });
  const history = historyOf(market);
  const encoder = new GridEncoder(51, [100, 200, 300, 400]);
  const decoder = new GridDecoder({ radius: 25, horizonsMs: [100, 200, 300, 400] });
  const offer = (count: number, skip = 0) => {
    for (let i = 0; i < count; i++) {
      market.sendBins(1, { skip: i === 0 ? skip : 0 });
      history.accept({
        update: updateOf(market.frame),
        values: decoder.decode(encoder.encode(market.frame)),
      });
    }
  };
  offer(300);
  offer(260, 15);
  offer(40, 3);
  return { history, offer };
}

function composites(history: BinHistory): readonly number[] {
  const { store } = history;
  return Array.from(
    { length: store.length },
    (_, i) => store.composite[store.slot(store.first + i)]!,
  );
}

const other: SignalParameters = {
  ...DEFAULT_PARAMETERS,
  adsZMs: 5_000,
  pfpLagMs: 1_000,
  svacAlpha: 0.2,
  blendPfp: 0,
};

Deno.test("BinHistory.setParameters() gives what the bins would have given as they came", () => {
  const { history, offer } = busyHistory();
  const first = composites(history);
  history.setParameters(other);
  const changed = composites(history);
  ok(changed.filter((value, i) => value !== first[i]).length > 400);
  const fresh = busyHistory();
  // The same bins with the parameters in force from the start.
  const early = historyOf(new ScriptedMarket({ radius: 25 }));
  early.setParameters(other);
  const market = new ScriptedMarket({ radius: 25 });
  const encoder = new GridEncoder(51, [100, 200, 300, 400]);
  const decoder = new GridDecoder({ radius: 25, horizonsMs: [100, 200, 300, 400] });
  for (const [count, skip] of [[300, 0], [260, 15], [40, 3]] as const) {
    for (let i = 0; i < count; i++) {
      market.sendBins(1, { skip: i === 0 ? skip : 0 });
      early.accept({
        update: updateOf(market.frame),
        values: decoder.decode(encoder.encode(market.frame)),
      });
    }
  }
  deepStrictEqual(composites(early), changed);
  deepStrictEqual(early.signals.values, history.signals.values);
  deepStrictEqual(early.signals.coldMs, history.signals.coldMs);
  // What comes later goes on with them, and the definition brings the first values back.
  offer(10);
  ok(composites(history).length === first.length + 10);
  history.setParameters(DEFAULT_PARAMETERS);
  fresh.offer(10);
  deepStrictEqual(composites(history), composites(fresh.history));
});

Deno.test("pageStretch() takes the newest bins without a hole, compareStretch() their difference", () => {
  const { history } = busyHistory();
  const page = pageStretch(history);
  ok(page !== null);
  strictEqual(page.to - page.from + 1, 40);
  strictEqual(history.store.kind[history.store.slot(history.store.last)], COLUMN.BIN);
  const signals = new DirectionalSignals(100);
  const server = Array.from({ length: 40 }, (_, i) => {
    const seen = signals.update(history.signalRows(history.store.last - 39 + i));
    return [seen.composite, seen.ads, seen.pfp, seen.svac, seen.warmup];
  }).flat();
  const answer = {
    first_bin_end_ns: page.firstEndNs.toString(),
    last_bin_end_ns: page.lastEndNs.toString(),
    values: server,
  };
  const same = compareStretch(page, answer);
  deepStrictEqual(same, { kind: "agree", from: page.from, to: page.to, largest: 0 });
  strictEqual(
    comparisonText(same),
    "Page and server agree on 40 bins: largest difference 0, limit 1e-9",
  );
  const off = (by: number) => {
    const values = server.with(7, server[7]! + by);
    return compareStretch(page, { ...answer, values });
  };
  strictEqual(off(5e-10).kind, "agree");
  strictEqual(off(1e-8).kind, "differ");
  strictEqual(off(NaN).kind, "differ");
  strictEqual(compareStretch(page, { ...answer, values: server.slice(1) }).kind, "unknown");
  strictEqual(compareStretch(page, { ...answer, last_bin_end_ns: "1" }).kind, "unknown");
  strictEqual(pageStretch(historyOf(new ScriptedMarket({ radius: 25 }))), null);
});

const INFOS = PARAMETER_GROUPS.flatMap(({ parameters }) => parameters);

Deno.test("every parameter has one row, and its definition lies in its range", () => {
  deepStrictEqual(
    INFOS.map(({ name }) => name).sort(),
    (Object.keys(DEFAULT_PARAMETERS) as ParameterName[]).sort(),
  );
  for (const { name, min, max, step } of INFOS) {
    const value = DEFAULT_PARAMETERS[name];
    ok(value >= min && value <= max && step > 0, name);
    ok(Math.abs((value - min) / step - Math.round((value - min) / step)) < 1e-9, name);
  }
});

Deno.test("readParameters() gives back what parametersText() wrote, fitted whatever it is given", () => {
  const change = fc.constantFrom(...INFOS).chain((info) =>
    fc.tuple(fc.constant(info), fc.double({ noNaN: true, min: info.min - 1, max: info.max + 1 }))
  );
  fc.assert(fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
    let parameters = DEFAULT_PARAMETERS;
    for (const [info, value] of changes) {
      parameters = withValue(parameters, info.name, fitValue(info, value) ?? 0);
    }
    deepStrictEqual(readParameters(parametersText(parameters)), parameters);
    ok(parameters.pfpOuterFrom <= parameters.pfpOuterTo);
    new DirectionalSignals(100, parameters);
  }));
  fc.assert(fc.property(fc.string(), (text) => {
    const parameters = readParameters(text);
    for (const { name, min, max } of INFOS) {
      ok(parameters[name] >= min && parameters[name] <= max);
    }
  }));
  deepStrictEqual(
    readParameters("pfpAlpha:,pfpAlpha:x,__proto__:1,adsZMs:NaN"),
    DEFAULT_PARAMETERS,
  );
  strictEqual(readParameters("adsWidth1:1e12").adsWidth1, 20);
});
