import { createDefine } from "fresh";
import { asset, Head } from "fresh/runtime";
import Control from "../islands/Control.tsx";
import Workspace from "../islands/Workspace.tsx";
import type { State } from "../jobs/terminal/mod.ts";

const define = createDefine<State>();

/** The workspace, and for operators the drawer that steers the synthetic market. */
export default define.page(({ state }) => {
  const { adminUi } = state.terminal.config;
  return (
    <>
      <Head>
        <title>Lotus Terminal</title>
        {adminUi && <link rel="stylesheet" href={asset("/css/drawer.css")} />}
      </Head>
      <Workspace adminUi={adminUi} />
      {adminUi && <Control />}
    </>
  );
});
