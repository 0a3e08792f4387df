/** A setting as it stands in the environment: its variable, what it is when nothing is set, what it means. */
export interface SettingText {
  readonly variable: string;
  readonly fallback: string;
  readonly meaning: string;
  /** Another variable that is read when the first is not set. */
  readonly alias?: string;
}

/**
 * The settings that name files and folders: the launcher asks for the permissions that they need, and so
 * is to know them without the rules of all settings, which `config.ts` holds.
 */
export const PATH_SETTINGS = {
  dataDir: {
    variable: "LOTUS_DATA_DIR",
    fallback: "data",
    meaning: "Folder for stores, the lake and replay files (feeds/ inside it)",
  },
  feed: {
    variable: "LOTUS_FEED",
    fallback: "synthetic",
    meaning: "synthetic, or the path of a .dbn or .dbn.zst file",
  },
  instrument: {
    variable: "LOTUS_INSTRUMENT",
    fallback: "",
    meaning:
      "Instrument name in fixtures/instruments or path of a YAML file; empty: by the feed's symbol",
  },
  instrumentConfigPath: {
    variable: "VP_INSTRUMENT_CONFIG_PATH",
    fallback: "",
    meaning: "Path of an instrument YAML file; goes before LOTUS_INSTRUMENT",
  },
  samples: {
    variable: "LOTUS_SAMPLES",
    fallback: "",
    meaning: "Folder with further replay files to offer on the page",
  },
  latencyFile: {
    variable: "LOTUS_LATENCY_FILE",
    fallback: "",
    meaning: "File that a line of timings is appended to for every bin; empty: nothing is measured",
  },
} as const satisfies Readonly<Record<string, SettingText>>;

/** The settings that name files and folders, as they were given. */
export type PathSettings = { readonly [K in keyof typeof PATH_SETTINGS]: string };

/** Looks a variable of the environment up. */
export type Environment = (name: string) => string | undefined;

/** The environment of this process. */
export const processEnvironment: Environment = (name) => Deno.env.get(name);

/** The text of a setting: a missing or blank variable takes the alias, then the default. */
export function readSetting(env: Environment, entry: SettingText): string {
  const names = entry.alias === undefined ? [entry.variable] : [entry.variable, entry.alias];
  for (const name of names) {
    const value = env(name)?.trim() ?? "";
    if (value !== "") return value;
  }
  return entry.fallback;
}

/**
 * The settings that name files and folders, unchecked: what is wrong with them is told by the terminal.
 *
 * @param feed Takes the place of `LOTUS_FEED`, as an argument of the start command.
 */
export function readPaths(env: Environment = processEnvironment, feed?: string): PathSettings {
  const texts = Object.entries(PATH_SETTINGS).map(([key, entry]) => [key, readSetting(env, entry)]);
  const paths = Object.fromEntries(texts) as PathSettings;
  return feed === undefined ? paths : { ...paths, feed };
}
