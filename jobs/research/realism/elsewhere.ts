/** A property that a test or a bench of its own measures. */
export interface Elsewhere {
  readonly id: string;
  readonly name: string;
  readonly target: string;
  /** Test file and a piece of the title of its test; or the command that measures. */
  readonly by: { readonly file: string; readonly title: string } | { readonly command: string };
}

function test(id: string, name: string, target: string, file: string, title: string): Elsewhere {
  return { id, name, target, by: { file, title } };
}

function bench(id: string, name: string, target: string, command: string): Elsewhere {
  return { id, name, target, by: { command } };
}

/** Rows that the full sample does not measure itself. A house test looks that the named tests exist. */
export const ELSEWHERE: readonly Elsewhere[] = [
  test(
    "D3",
    "Settings that only choose families leave base prices, regimes and other symbols' background alone",
    "0 differences",
    "engine/tape/market_tape_test.ts",
    "settings that only choose families change no background",
  ),
  test(
    "R1",
    "09:30:00 New York is minute 0 and the open, on 20 dates across both changes of clocks",
    "every date",
    "engine/regime/sessions_test.ts",
    "09:30:00 New York is minute 0",
  ),
  test(
    "Q3",
    "Shares of stale and missing quotes against their targets, by regime",
    "within a fifth",
    "engine/tape/options/quote_states_long.ts",
    "stale and missing shares follow the market",
  ),
  test(
    "K2",
    "Without assistance every boost is 1 and the window changes nothing",
    "every boost, every family",
    "engine/tape/schedule/schedule_test.ts",
    "without assistance every boost is 1",
  ),
  test(
    "A1",
    "Answers of the control plane: enabled, token, sources, body, revision",
    "every row of the matrix",
    "jobs/serve/operator/admin_test.ts",
    "AdminApi answers every row of the status matrix",
  ),
  test(
    "A2",
    "A write reaches both other services; ten that boot at once make one default",
    "p95 ≤ 1 s over 100 writes; once",
    "jobs/control/nats_service_test.ts",
    "a write reaches both other services within a second, 100 times",
  ),
  test(
    "A3",
    "Services keep their state over an outage of the store and follow again by themselves",
    "no restart",
    "jobs/control/nats_service_test.ts",
    "services keep their state over a crash of NATS",
  ),
  test(
    "A4",
    "No gear and no request of it while the flag is off",
    "0 requests",
    "routes/drawer_test.tsx",
    "a real server has no gear while the flag is off",
  ),
  test(
    "A5",
    "The token is in nothing that a browser gets; strangers are refused",
    "every artefact",
    "jobs/serve/operator/server_test.ts",
    "nothing that a browser gets has the token",
  ),
  test(
    "A6",
    "Drawer: writes for 20 edits in 2 s, rollback of a refused one, requests of a hidden tab",
    "≤ 8, ≤ 300 ms, 0",
    "routes/drawer_test.tsx",
    "twenty edits in two seconds take at most eight writes",
  ),
  test(
    "W1",
    "Paging gives each row of each stream once, with limits 1, 7, 200 and 1,000",
    "equal to a full scan",
    "jobs/serve/endpoints/tape_server_test.ts",
    "pages every stream, each row once",
  ),
  test(
    "W2",
    "Nonsense in every parameter",
    "200, 400, 404 or 429 only",
    "jobs/serve/endpoints/tape_server_test.ts",
    "answers nonsense with 400 or 404, never 500",
  ),
  bench(
    "W3",
    "200 sockets with 10 subscriptions each at active load",
    "p99 ≤ 150 ms, memory bounded",
    "deno task bench --only live",
  ),
  test(
    "W4",
    "A reader that stops gets a gap; the others lose nothing",
    "0 lost",
    "jobs/serve/rows/slow_reader_test.ts",
    "a reader that stops gets a gap",
  ),
  bench(
    "E1",
    "Generation and classification on one core",
    "≥ 50,000 messages/s, ≥ 30,000 prints/s",
    "deno task bench --only tape flow",
  ),
  test(
    "E1b",
    "Schedule and prices of a session, 40 symbols, processor time",
    "≤ 250 ms",
    "engine/realism/precompute_long.ts",
    "a session's schedule and the path of its forty symbols",
  ),
  bench(
    "E2",
    "Firehose: growth of resident memory in an hour",
    "≤ 5 %",
    "deno task bench --only firehose --long",
  ),
  bench(
    "E3",
    "Workspace at 20 times the load: main thread, frame p95, row age p99, heap an hour, elements, requests",
    "≤ 25 %, ≤ 20 ms, ≤ 250 ms, ≤ 40 MiB, ≤ 6,000, 0",
    "deno run --allow-all jobs/bench/workspace_bench.ts 180",
  ),
];
