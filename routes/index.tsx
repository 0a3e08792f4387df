import { createDefine } from "fresh";
import { Head } from "fresh/runtime";
import Workspace from "../islands/Workspace.tsx";
import type { State } from "../jobs/terminal/mod.ts";

const define = createDefine<State>();

/** The workspace. */
export default define.page(() => (
  <>
    <Head>
      <title>Lotus Terminal</title>
    </Head>
    <Workspace adminUi={false} />
  </>
));
