import type { StoredSignal } from "./result.ts";

const TITLES = {
  direction: "Direction",
  activity: "Activity of the mid, last minute",
  spread: "Spread",
  time: "Half hour, New York",
} as const;

function text(share: number | null): string {
  return share === null ? "–" : (100 * share).toFixed(1);
}

/** Take-profit rates by kind of market, as bars with their intervals and the null rate as a mark. */
export function Strata({ row }: { readonly row: StoredSignal }) {
  const kinds = ["direction", "activity", "spread", "time"] as const;
  const all = row.strata.flatMap((s) => [s.tp_rate, s.tp_interval?.high ?? 0]);
  const top = Math.max(0.05, row.null_tp_rate ?? 0, ...all.map((value) => value ?? 0));
  const place = (share: number | null) => `${100 * Math.min(1, (share ?? 0) / top)}%`;
  return (
    <table class="research-strata">
      <thead>
        <tr>
          <th scope="col">Kind of market</th>
          <th scope="col" class="number">Trades</th>
          <th scope="col" class="number">TP %</th>
          <th scope="col">95 % and null (line), 0 to {text(top)} %</th>
          <th scope="col" class="number">PnL</th>
        </tr>
      </thead>
      {kinds.map((by) => (
        <tbody key={by}>
          <tr>
            <th scope="rowgroup" colSpan={5}>{TITLES[by]}</th>
          </tr>
          {row.strata.filter((stratum) => stratum.by === by).map((stratum) => (
            <tr key={stratum.name}>
              <th scope="row">{stratum.name}</th>
              <td class="number">{stratum.n}</td>
              <td class="number">{text(stratum.tp_rate)}</td>
              <td>
                <div class="research-bar">
                  <i style={{ width: place(stratum.tp_rate) }} />
                  {stratum.tp_interval !== null && (
                    <b
                      style={{
                        left: place(stratum.tp_interval.low),
                        right: `calc(100% - ${place(stratum.tp_interval.high)})`,
                      }}
                    />
                  )}
                  {row.null_tp_rate !== null && <s style={{ left: place(row.null_tp_rate) }} />}
                </div>
              </td>
              <td class="number">{(stratum.mean_pnl_ticks ?? 0).toFixed(2)}</td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}
