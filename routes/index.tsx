import { createDefine } from "fresh";
import { asset, Head } from "fresh/runtime";
import Control from "../islands/Control.tsx";
import Terminal from "../islands/Terminal.tsx";
import type { State } from "../jobs/terminal/mod.ts";

const define = createDefine<State>();

/** The terminal, rendered with the state that the feed has right now. */
export default define.page(({ state }) => {
  const feed = state.terminal.session.state;
  const { adminUi } = state.terminal.config;
  return (
    <>
      <Head>
        <title>{feed === null ? "Lotus Terminal" : `${feed.symbol} · Lotus Terminal`}</title>
        {adminUi && <link rel="stylesheet" href={asset("/css/drawer.css")} />}
      </Head>
      <Terminal feed={feed} />
      {adminUi && <Control />}
    </>
  );
});
