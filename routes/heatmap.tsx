import { createDefine } from "fresh";
import { Head } from "fresh/runtime";
import HeatmapPage from "../islands/Heatmap.tsx";
import type { State } from "../jobs/serve/mod.ts";

const define = createDefine<State>();

/** The heatmap on a page of its own, rendered with the state that the feed has right now. */
export default define.page(({ state }) => {
  const feed = state.market.session.state;
  return (
    <>
      <Head>
        <title>{feed === null ? "Lotus Terminal" : `${feed.symbol} · Lotus Terminal`}</title>
      </Head>
      <HeatmapPage feed={feed} />
    </>
  );
});
