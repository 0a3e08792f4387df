import { createDefine, page } from "fresh";
import { asset, Head } from "fresh/runtime";
import RealismRefresh from "../islands/RealismRefresh.tsx";
import { SiteNav, Stamp } from "../islands/lib/pane/mod.ts";
import { type State, type StatusGroup, type StatusMark, statusOf } from "../jobs/serve/mod.ts";

const define = createDefine<State>();

/** What the process is doing, one group of figures per part. */
export const handler = define.handlers({
  async GET(ctx) {
    const groups = await statusOf(ctx.state, performance.now() / 1_000);
    return page({ groups }, { headers: { "cache-control": "no-store" } });
  },
});

export default define.page<typeof handler>(({ data: { groups } }) => (
  <>
    <SiteNav current="/status" />
    <main class="realism">
      <Head>
        <title>Status · Lotus Terminal</title>
        <link key="realism" rel="stylesheet" href={asset("/css/realism.css")} />
        <link key="status" rel="stylesheet" href={asset("/css/status.css")} />
      </Head>
      <header class="realism-head">
        <h1>Status</h1>
        <p>
          This process. <a href="/metrics">Metrics</a>
        </p>
        <RealismRefresh target="realism-body" everySeconds={2} />
      </header>
      <div id="realism-body">
        <div class="status-groups">
          {groups.map((group) => <Group key={group.title} group={group} />)}
        </div>
      </div>
    </main>
  </>
));

/** What stands before a value that has a mark: never by colour alone. */
const SIGNS: Readonly<Record<StatusMark, string>> = { ok: "✓", warn: "!", bad: "✕", plain: "" };

function Group({ group: { title, of = null, rows, note } }: { readonly group: StatusGroup }) {
  return (
    <section class="status-group">
      <h2>{title}</h2>
      {of !== null && <Stamp of={of} />}
      <dl>
        {rows.map(({ name, value, mark }, i) => (
          <div key={i} data-mark={mark}>
            <dt>{name}</dt>
            <dd class="mono">
              {SIGNS[mark] !== "" && <span class="sign">{SIGNS[mark]}</span>}
              {value}
            </dd>
          </div>
        ))}
      </dl>
      {note !== null && <p>{note}</p>}
    </section>
  );
}
