import { ServerProcess } from "./server.ts";

/** Settings of a terminal on the embedded market. */
type Settings = Readonly<Record<string, string>>;

/** Settings that leave the tapes away: what no test looks at costs no start. */
export const NO_TAPES: Settings = {
  OPTIONS_INGEST_ADAPTER: "off",
  EQUITIES_INGEST_ADAPTER: "off",
};

/** Settings with the operators' drawer on the pages. */
export const OPERATED: Settings = {
  SYNTHETIC_CONTROL_ENABLED: "1",
  SYNTHETIC_ADMIN_TOKEN: "a-token-of-thirty-characters-x",
  LOTUS_PUBLIC_SYNTHETIC_ADMIN: "1",
};

/** Minutes of tape made before the start, 0…120. */
export function minutesOfTape(minutes: number): Settings {
  return { SYNTHETIC_BACKFILL_MINUTES: `${minutes}` };
}

/** A terminal that tests share. */
export interface SharedMarket {
  readonly server: ServerProcess;
  readonly url: string;
  /** Its data folder. */
  readonly data: string;
}

/**
 * One terminal, a process of its own on a folder that goes afterwards, for all tests of a file: a start
 * costs seconds of processor time. It starts for the first test that asks, and ends after the last one,
 * when no page is left that would miss it.
 */
export function sharedMarket(settings: Settings): () => Promise<SharedMarket> {
  let shared: Promise<SharedMarket> | null = null;
  const start = async () => {
    const data = await Deno.makeTempDir({ prefix: "lotus_test_" });
    const server = await ServerProcess.start({ LOTUS_DATA_DIR: data, ...settings });
    return { server, url: server.url, data };
  };
  Deno.test.afterAll(async () => {
    if (shared === null) return;
    const { server, data } = await shared;
    await server.kill();
    await Deno.remove(data, { recursive: true });
  });
  return () => shared ??= start();
}

/** Rows of an answer of the API. */
export async function rowsAt(url: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const { data } = await response.json();
  return data;
}
