import { createDefine } from "fresh";
import { asset, Head } from "fresh/runtime";
import Control from "../islands/Control.tsx";
import { firstColumnRules } from "../islands/lib/panes/mod.ts";
import Welcome from "../islands/Welcome.tsx";
import Workspace from "../islands/Workspace.tsx";
import {
  type DataRow,
  FIRST_ROW_COUNT,
  type FirstRows,
  projectRow,
  TAPE_CHANNELS,
  type TapeChannel,
} from "../islands/lib/tape/mod.ts";
import { EMBEDDED_MARKET } from "../modules/kit/mod.ts";
import { WELCOME_COOKIE } from "../islands/lib/welcome/mod.ts";
import type { TapeStore } from "../modules/tape/mod.ts";
import type { State } from "../jobs/serve/mod.ts";

const define = createDefine<State>();

/** Columns of the tapes until they know their width. */
const FIRST_COLUMNS = firstColumnRules();

/** The page does not wait longer than this for its first rows, ms. */
const ROWS_TIMEOUT_MS = 400;

async function newest(
  tape: TapeStore,
  channel: TapeChannel,
  signal: AbortSignal,
): Promise<DataRow[]> {
  const { rows } = await tape.before(channel, null, { limit: FIRST_ROW_COUNT, signal });
  return rows.map((row) => projectRow(channel, row));
}

/** Newest rows of every tape. A tape that cannot be read is left out: the page loads it by itself. */
async function firstRows(tape: TapeStore): Promise<FirstRows> {
  const signal = AbortSignal.timeout(ROWS_TIMEOUT_MS);
  const found = await Promise.allSettled(
    TAPE_CHANNELS.map(async (channel) => [channel, await newest(tape, channel, signal)] as const),
  );
  const entries = found.flatMap((result) => result.status === "fulfilled" ? [result.value] : []);
  return Object.fromEntries(entries);
}

/** Whether this browser has closed the welcome before. */
function isWelcomed(request: Request): boolean {
  const cookies = (request.headers.get("cookie") ?? "").split(";");
  return cookies.some((part) => part.trim().startsWith(`${WELCOME_COOKIE}=`));
}

/** The workspace with the newest rows of its tapes, and for operators the drawer that steers the market. */
export default define.page(async ({ req, info, url, state }) => {
  const { adminUi } = state.market.config;
  const isFirst = !isWelcomed(req) || url.searchParams.has("welcome");
  const first = await firstRows(state.tape);
  return (
    <>
      <Head>
        <title>Lotus Terminal</title>
        <style key="first-columns" dangerouslySetInnerHTML={{ __html: FIRST_COLUMNS }} />
        {isFirst && <link key="welcome" rel="stylesheet" href={asset("/css/welcome.css")} />}
        {adminUi && <link key="drawer" rel="stylesheet" href={asset("/css/drawer.css")} />}
      </Head>
      {isFirst && <Welcome mayOpen={state.guard.identify(req, info) !== null} />}
      <Workspace first={first} origin={EMBEDDED_MARKET} />
      {adminUi && <Control />}
    </>
  );
});
