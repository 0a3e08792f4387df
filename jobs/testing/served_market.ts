import { withTempDir } from "./market_files.ts";
import { ServerProcess } from "./server.ts";

/**
 * Runs `fn` with a terminal on the embedded market, as a process of its own, on a folder that goes
 * afterwards.
 *
 * @param minutes Minutes of tape made before the start, 0…120.
 */
export async function withServedMarket(
  minutes: number,
  fn: (server: ServerProcess) => Promise<void>,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  await withTempDir(async (data) => {
    const server = await ServerProcess.start({
      LOTUS_DATA_DIR: data,
      SYNTHETIC_BACKFILL_MINUTES: `${minutes}`,
      ...env,
    });
    try {
      await fn(server);
    } finally {
      await server.kill();
    }
  });
}

/** The same with the operators' drawer on its pages. */
export async function withOperatedMarket(
  minutes: number,
  fn: (server: ServerProcess) => Promise<void>,
): Promise<void> {
  await withServedMarket(minutes, fn, {
    SYNTHETIC_CONTROL_ENABLED: "1",
    SYNTHETIC_ADMIN_TOKEN: "a-token-of-thirty-characters-x",
    LOTUS_PUBLIC_SYNTHETIC_ADMIN: "1",
  });
}

/** Rows of an answer of the API. */
export async function rowsAt(url: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const { data } = await response.json();
  return data;
}
