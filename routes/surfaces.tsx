import { createDefine } from "fresh";
import { Head } from "fresh/runtime";
import SurfacesPage from "../islands/Surfaces.tsx";
import type { State } from "../jobs/serve/mod.ts";

const define = createDefine<State>();

/** The surfaces on a page of their own, rendered with the state that the feed has right now. */
export default define.page(({ state }) => {
  const feed = state.market.session.state;
  const title = feed === null ? "Surfaces" : `${feed.symbol} · Surfaces`;
  return (
    <>
      <Head>
        <title>{`${title} · Lotus Terminal`}</title>
      </Head>
      <SurfacesPage feed={feed} />
    </>
  );
});
