import { createDefine, page } from "fresh";
import { asset, Head } from "fresh/runtime";
import Research from "../islands/Research.tsx";
import { SiteNav, Stamp } from "../islands/lib/pane/mod.ts";
import {
  type AnalysisResult,
  flatReason,
  type ResultEntry,
  ResultError,
  resultProvenance,
  type ResultStore,
  resultTables,
  type TableName,
  tableNames,
  UNKNOWN_INPUT,
} from "../jobs/research/analysis/mod.ts";
import type { State } from "../jobs/serve/mod.ts";

const define = createDefine<State>();

interface Opened {
  readonly result: AnalysisResult | null;
  readonly failure: string | null;
}

async function open(results: ResultStore, id: string | null): Promise<Opened> {
  if (id === null) return { result: null, failure: null };
  try {
    return { result: await results.get(id), failure: null };
  } catch (error) {
    if (!(error instanceof ResultError)) throw error;
    return { result: null, failure: error.message };
  }
}

/** Results of `lotus analyze`, and one of them opened: `?id=`. */
export const handler = define.handlers({
  async GET(ctx) {
    const entries = await ctx.state.results.list();
    const asked = new URL(ctx.req.url).searchParams.get("id");
    const opened = await open(ctx.state.results, asked ?? entries[0]?.id ?? null);
    const status = opened.failure === null ? 200 : 404;
    return page({ entries, asked, ...opened }, {
      status,
      headers: { "cache-control": "no-cache" },
    });
  },
});

export default define.page<typeof handler>(({ data: { entries, asked, result, failure } }) => (
  <>
    <SiteNav current="/research" />
    <main class="research">
      <Head>
        <title>Research · Lotus Terminal</title>
        <link key="research" rel="stylesheet" href={asset("/css/research.css")} />
      </Head>
      <header class="research-head">
        <h1>Research</h1>
        <p>
          What analyses of recordings found. <a href="/v1/research/results">JSON</a>
        </p>
      </header>
      {entries.length === 0 && failure === null && <Empty />}
      <div class="research-body">
        {entries.length > 0 && <List entries={entries} chosen={result?.id ?? asked} />}
        {failure !== null && (
          <p class="research-note" role="alert" data-kind="error">
            {failure}. <a href="/research">Show the newest result</a>
          </p>
        )}
        {result !== null && <Opened result={result} />}
      </div>
    </main>
  </>
));

function Empty() {
  return (
    <div class="research-note">
      <p>No result yet. Analyse a recording on the command line and load this page again:</p>
      <pre tabIndex={0}>
        {"deno task lotus synth mbo --minutes 20 --out market.dbn.zst\n" +
          "deno task lotus analyze market.dbn.zst --mode regime --eval-start 09:31 --eval-end 09:48"}
      </pre>
    </div>
  );
}

const MODE_NAMES = {
  default: "Scores",
  regime: "Regime",
  projection_experiment: "Projections",
} as const;

function List(
  { entries, chosen }: { entries: readonly ResultEntry[]; chosen: string | null },
) {
  return (
    <nav class="research-list" aria-label="Results">
      <ul>
        {entries.map((entry) => (
          <li key={entry.id}>
            <a href={`?id=${entry.id}`} aria-current={entry.id === chosen && "page"}>
              <strong>{MODE_NAMES[entry.mode]}</strong> <span>{entry.symbol}</span>
              <small data-kind={entry.kind}>{entry.kind ?? UNKNOWN_INPUT}</small>
              <span class="mono">{entry.dt} {entry.eval_start}–{entry.eval_end}</span>
              <small>{entry.headline}</small>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const TABLE_TITLES: Readonly<Record<TableName, string>> = {
  projection: "Hit rates",
  signals: "Signals",
  baselines: "Baselines",
  strata: "Strata",
  horizons: "Take profit by time",
  trades: "Trades and equity",
  sweep: "Sweep",
  runs: "Runs",
};

function Opened({ result }: { result: AnalysisResult }) {
  const { id, input, config, dt, eval_start: from, eval_end: to, n_eval_bins: bins } = result;
  const flat = result.mode === "regime" ? flatReason(result) : null;
  const market = resultProvenance(result);
  return (
    <article class="research-result">
      <h2>
        {MODE_NAMES[result.mode]} of {String(config["symbol"])}
        <span class="mono">{dt} {from}–{to} New York</span>
      </h2>
      <p class="research-stamp">
        {market === null
          ? (
            <span class="stamp">
              <b>{UNKNOWN_INPUT}</b> · {input.name}
            </span>
          )
          : <Stamp of={market} />}
      </p>
      <dl class="research-facts">
        <div>
          <dt>Input</dt>
          <dd title={`SHA-256 ${input.sha256}`}>{input.name}</dd>
        </div>
        <div>
          <dt>Bins</dt>
          <dd>{bins} × {String(config["cell_width_ms"])} ms</dd>
        </div>
        <div>
          <dt>Model</dt>
          <dd>{String(config["pressure_model"])}</dd>
        </div>
        <div>
          <dt>Result</dt>
          <dd>
            <a href={`/v1/research/results/${id}`}>{id}</a>
          </dd>
        </div>
      </dl>
      {flat !== null && <p class="research-note" role="note">{flat}.</p>}
      <Research id={id} />
      <details class="research-table" open={result.mode !== "regime"}>
        <summary>All figures as a table</summary>
        <pre tabIndex={0}>{resultTables(result)}</pre>
      </details>
      <p class="research-files">
        {tableNames(result).map((name) => (
          <span key={name}>
            {TABLE_TITLES[name]}
            <Files id={id} name={name} />
          </span>
        ))}
      </p>
    </article>
  );
}

function Files({ id, name }: { id: string; name: TableName }) {
  const href = (format: string) => `/v1/research/results/${id}/${name}?format=${format}`;
  return (
    <>
      <a href={href("csv")} aria-label={`${TABLE_TITLES[name]} as CSV`}>CSV</a>
      <a href={href("parquet")} aria-label={`${TABLE_TITLES[name]} as Parquet`}>Parquet</a>
    </>
  );
}
