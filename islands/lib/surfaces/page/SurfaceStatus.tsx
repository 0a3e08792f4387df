import { StatusItem } from "../../pane/mod.ts";
import { fixed, signed } from "../../text/mod.ts";
import type { SurfaceDriver } from "../surface_driver.ts";

/** The line of figures at the bottom: where the data comes from, what is drawn, what was lost. */
export function SurfaceStatus({ driver }: { readonly driver: SurfaceDriver }) {
  const { state, store } = driver;
  state.beat.value;
  const feed = state.feed.value;
  const { newest, latest } = store;
  const kept = newest < 0 ? 0 : newest - store.first + 1;
  const missing = newest < 0 ? 0 : store.missing();
  const tick = latest === null ? null : latest.tickInt / 1e9;
  return (
    <footer class="status">
      <StatusItem label="Feed">
        {feed === null ? "–" : feed.kind === "replay" ? feed.name : "synthetic"}
      </StatusItem>
      <StatusItem label="Spot">
        {latest === null || latest.spotTick === 0 || tick === null
          ? "–"
          : `${fixed(latest.spotTick * tick, 2)} pt, tick ${fixed(latest.spotTick, 0)}`}
      </StatusItem>
      <StatusItem label="Mid">{fixed(store.fact(newest, "mid"), 3)} pt</StatusItem>
      <StatusItem label="Kept">{`${fixed(kept, 0)} of 1 800 s`}</StatusItem>
      <StatusItem label="Missing" warn={missing > 0}>{`${fixed(missing, 0)} s`}</StatusItem>
      <StatusItem label="Records">
        {newest < 0 ? "–" : `${fixed(store.fact(newest, "events"), 0)}/s`}
      </StatusItem>
      {state.rejected.value > 0 && (
        <StatusItem label="Rejected" warn>
          {`${fixed(state.rejected.value, 0)} messages`}
        </StatusItem>
      )}
      <span class="grow" />
      <StatusItem label="Gamma">
        {newest < 0 ? "–" : `${signed(store.fact(newest, "gexTotal"), 0)} USD/pt² (naive)`}
      </StatusItem>
      <StatusItem label="Book" warn={latest?.isBookValid === false}>
        {latest === null ? "–" : latest.isBookValid ? "✓ valid" : "▲ not whole"}
      </StatusItem>
    </footer>
  );
}
