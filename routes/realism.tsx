import { createDefine, page } from "fresh";
import { asset, Head } from "fresh/runtime";
import RealismRefresh from "../islands/RealismRefresh.tsx";
import { SiteNav, Stamp } from "../islands/lib/pane/mod.ts";
import {
  type Confusion,
  groupOf,
  GROUPS,
  INTENDED,
  READ,
  type RealismReport,
  type RealismRow,
  valueText,
  verdict,
} from "../engine/realism/mod.ts";
import { newYorkDate } from "../engine/clock/mod.ts";
import { EMBEDDED_MARKET } from "../modules/kit/mod.ts";
import type { State } from "../jobs/serve/mod.ts";

const define = createDefine<State>();

const SHORT_NAMES: Readonly<Record<string, string>> = {
  institutional_directional: "Institutional",
  retail_whale: "Retail",
  event_driven: "Event",
  vol_seller: "Vol seller",
  arbitrage: "Arbitrage",
  hedge_reactive: "Hedge",
  neutral_noise: "Background",
  abstained: "Abstained",
  none: "No event",
};

/** Properties of the session under way, next to what they should be. */
export const handler = define.handlers({
  async GET(ctx) {
    const isOperator = ctx.state.guard.identify(ctx.req, ctx.info) !== null;
    const report = await ctx.state.tapeService.realism();
    return page({ report, isOperator }, {
      headers: { "cache-control": "private, no-store", "vary": "cookie" },
    });
  },
});

export default define.page<typeof handler>(({ data: { report, isOperator } }) => (
  <>
    <SiteNav current="/realism" />
    <main class="realism">
      <Head>
        <title>Realism · Lotus Terminal</title>
        <link key="realism" rel="stylesheet" href={asset("/css/realism.css")} />
      </Head>
      <header class="realism-head">
        <h1>Realism</h1>
        <p>
          The synthetic market measures itself. <a href="/v1/realism">JSON</a>
        </p>
        <RealismRefresh target="realism-body" />
      </header>
      <div id="realism-body">
        {report === null ? <Empty /> : <Report report={report} isOperator={isOperator} />}
      </div>
    </main>
  </>
));

function Empty() {
  return (
    <p class="realism-empty">
      No session is being measured yet: the synthetic market is off, still making its history, or
      closed. This page looks again every 10 seconds.
    </p>
  );
}

function clock(ts: number): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: "America/New_York",
    timeStyle: "medium",
  }).format(ts);
}

function Report({ report, isOperator }: { report: RealismReport; isOperator: boolean }) {
  const of = (wanted: string) => report.rows.filter((row) => verdict(row) === wanted).length;
  const missed = report.rows.filter((row) => verdict(row) === "MISS");
  const date = newYorkDate(BigInt(report.until_ts) * 1_000_000n);
  return (
    <>
      <Stamp of={{ ...EMBEDDED_MARKET, instrument: "all symbols", date }} />
      <dl class="realism-facts">
        <Fact name="Pass" value={String(of("pass"))} kind="pass" />
        <div data-kind={missed.length > 0 ? "MISS" : undefined}>
          <dt>Miss</dt>
          <dd>
            {missed.length}
            {missed.map(({ id }) => <a key={id} href={`#${id}`} class="row-link">{id}</a>)}
          </dd>
        </div>
        <Fact name="Too little data" value={String(of("too little data"))} />
        <Fact name="Session" value={String(report.session_id)} />
        <Fact name="Minute" value={`${report.session_minute + 1} of ${report.session_minutes}`} />
        <Fact name="Regime" value={report.regime} kind="regime" />
        <Fact name="Preset" value={report.preset} />
        <Fact
          name="Measured, New York time"
          value={`${clock(report.from_ts)} – ${clock(report.until_ts)}`}
        />
      </dl>
      <p class="realism-note">
        One session is a small sample: its figures scatter around those of the full samples in
        docs/realism.md, and a single miss here proves little.
      </p>
      {GROUPS.map(([letter, title]) => (
        <Group
          key={letter}
          title={title}
          rows={report.rows.filter((row) => groupOf(row) === letter)}
        />
      ))}
      {isOperator && report.confusion !== null
        ? <Matrix confusion={report.confusion} />
        : <OperatorsOnly />}
    </>
  );
}

function Fact({ name, value, kind }: { name: string; value: string; kind?: string }) {
  return (
    <div data-kind={kind}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

const MARKS = { "pass": "✓ pass", "MISS": "✕ miss", "too little data": "… too little data" };

function Group({ title, rows }: { title: string; rows: readonly RealismRow[] }) {
  if (rows.length === 0) return null;
  return (
    <table class="realism-rows">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">Row</th>
          <th scope="col">Property</th>
          <th scope="col">Measured</th>
          <th scope="col">Target</th>
          <th scope="col" class="number">Sample</th>
          <th scope="col">Verdict</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} id={row.id} data-verdict={verdict(row)}>
            <th scope="row" class="mono">{row.id}</th>
            <td class="property">{row.name}</td>
            <td class="mono" data-name="Measured">{valueText(row)}</td>
            <td data-name="Target">{row.target}</td>
            <td class="mono number" data-name="Sample">
              {row.n.toLocaleString("en-US").replaceAll(",", "\u2009")} <small>{row.unit}</small>
            </td>
            <td class="verdict">{MARKS[verdict(row)]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Matrix({ confusion }: { confusion: Confusion }) {
  return (
    <section class="realism-matrix" aria-labelledby="matrix">
      <h2 id="matrix">What was meant, and how it was read</h2>
      <p>
        Parent orders and background packets from {clock(confusion.fromTs)} to{" "}
        {clock(confusion.untilTs)}. Operators only.
      </p>
      <div class="scroll" role="region" aria-labelledby="matrix" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Meant</th>
              {READ.map((read) => <th scope="col" class="number" key={read}>{SHORT_NAMES[read]}
              </th>)}
            </tr>
          </thead>
          <tbody>
            {INTENDED.map((family, i) => (
              <tr key={family}>
                <th scope="row">{SHORT_NAMES[family]}</th>
                {READ.map((read, j) => (
                  <Cell
                    key={read}
                    count={confusion.counts[i]?.[j] ?? 0}
                    isRight={read === family || (family === "neutral_noise" && j > 5)}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Cell({ count, isRight }: { count: number; isRight: boolean }) {
  const kind = count === 0 ? "zero" : isRight ? "right" : "wrong";
  return <td class="mono number" data-kind={kind}>{count === 0 ? "·" : count}</td>;
}

function OperatorsOnly() {
  return (
    <section class="realism-matrix">
      <h2>What was meant, and how it was read</h2>
      <p>
        The table of meanings is for operators. <a href="/login?next=%2Frealism">Sign in</a>{" "}
        to see it.
      </p>
    </section>
  );
}
