import type { EquityJoin, OptionPrint, SmartMoneyEvent } from "../../../engine/frames/mod.ts";
import { exchangeClock } from "../text/mod.ts";
import { usd, words } from "./words.ts";

function figure(value: string | number | boolean | null): string {
  if (value === null) return "–";
  if (typeof value !== "number") return String(value);
  if (Number.isInteger(value)) {
    return Math.abs(value) > 1e11 ? exchangeClock(value, true) : `${value}`;
  }
  return Math.abs(value) >= 1_000 ? value.toFixed(0) : value.toFixed(4);
}

/** Every print of an event with the quote that stood when it happened. */
export function PrintTable({ prints }: { readonly prints: readonly OptionPrint[] }) {
  return (
    <table class="prints">
      <thead>
        <tr>
          <th scope="col">Time, ET</th>
          <th scope="col" class="num">Price</th>
          <th scope="col" class="num">Size</th>
          <th scope="col">Side</th>
          <th scope="col" class="num">Bid × ask</th>
          <th scope="col" class="num">Age, ms</th>
          <th scope="col" class="num">IV, %</th>
          <th scope="col">Venue</th>
        </tr>
      </thead>
      <tbody>
        {prints.map((print) => (
          <tr key={print.trace_id} title={print.conditions.join(" ")}>
            <td class="mono">{exchangeClock(print.ts, true)}</td>
            <td class="num mono">{print.price.toFixed(2)}</td>
            <td class="num mono">{print.size}</td>
            <td>{print.nbbo_side}</td>
            <td class="num mono">
              {print.execution_nbbo_bid === null || print.execution_nbbo_ask === null
                ? "–"
                : `${print.execution_nbbo_bid.toFixed(2)} × ${print.execution_nbbo_ask.toFixed(2)}`}
            </td>
            <td class="num mono">{print.execution_nbbo_age_ms ?? "–"}</td>
            <td class="num mono">
              {print.execution_iv === null ? "–" : (print.execution_iv * 100).toFixed(1)}
            </td>
            <td>{print.exchange}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The public features of an event. */
export function FeatureTable({ event }: { readonly event: SmartMoneyEvent }) {
  return (
    <dl class="features">
      {Object.entries(event.features).map(([key, value]) => (
        <div key={key}>
          <dt>{words(key)}</dt>
          <dd class="mono">
            {key === "total_premium" || key === "total_notional"
              ? usd(Number(value))
              : figure(value)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Equity prints off exchange with the quotes they were joined to. */
export function JoinTable({ joins }: { readonly joins: readonly EquityJoin[] }) {
  return (
    <table class="prints">
      <thead>
        <tr>
          <th scope="col">Time, ET</th>
          <th scope="col" class="num">Price</th>
          <th scope="col" class="num">Shares</th>
          <th scope="col" title="Place of the price in the quote; an auction has none">Place</th>
          <th scope="col" class="num">Bid × ask</th>
        </tr>
      </thead>
      <tbody>
        {joins.map((join) => {
          const { features } = join;
          const price = Number(features["price"]);
          const [bid, ask] = [features["quote_bid"], features["quote_ask"]];
          return (
            <tr key={join.id}>
              <td class="mono">
                {exchangeClock(Number(features["print_ts"] ?? join.source_ts), true)}
              </td>
              <td class="num mono">{price.toFixed(price < 1 ? 4 : 3)}</td>
              <td class="num mono">{String(features["size"] ?? "–")}</td>
              <td>{String(features["quote_placement"] ?? "–")}</td>
              <td class="num mono">
                {typeof bid === "number" && typeof ask === "number"
                  ? `${bid.toFixed(2)} × ${ask.toFixed(2)}`
                  : "–"}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
