import { homedir } from "node:os";
import { basename, isAbsolute, join, resolve } from "node:path";
import { type InstrumentConfig, parseInstrument } from "../../engine/pressure/mod.ts";
import { FeedError } from "./feed.ts";

const FOLDER = resolve(import.meta.dirname ?? ".", "../../fixtures/instruments");

/** An instrument that ships with the terminal. */
export interface NamedInstrument {
  readonly name: string;
  readonly config: InstrumentConfig;
}

/** All instruments that ship with the terminal, ascending by name. */
export async function listInstruments(): Promise<readonly NamedInstrument[]> {
  const found: NamedInstrument[] = [];
  for await (const entry of Deno.readDir(FOLDER)) {
    if (!entry.isFile || !entry.name.endsWith(".yaml")) continue;
    found.push(await readInstrument(join(FOLDER, entry.name)));
  }
  return found.sort((a, b) => a.name < b.name ? -1 : 1);
}

/**
 * Reads one instrument file.
 *
 * @throws {FeedError} `no_instrument` when the file is missing.
 * @throws {InstrumentError} When a field breaks its rule; the message names file and field.
 */
async function readInstrument(path: string): Promise<NamedInstrument> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    throw new FeedError("no_instrument", `Cannot read the instrument file: ${path}`, {
      cause: error,
    });
  }
  return { name: basename(path, ".yaml"), config: parseInstrument(text, path) };
}

/** Whether a raw symbol is a contract of a root: the root, a month letter, one or two year digits. */
function isContractOf(root: string, symbol: string): boolean {
  return symbol.startsWith(root) && /^[FGHJKMNQUVXZ]\d{1,2}$/.test(symbol.slice(root.length));
}

/**
 * The instrument for a feed.
 *
 * @param wanted Name of a shipped instrument, path of a YAML file, or empty to go by the symbol.
 * @param symbol Raw symbol of the feed; takes the place of the file's symbol when both are contracts
 *   of one root.
 * @throws {FeedError} `no_instrument` when none fits.
 */
export async function instrumentFor(wanted: string, symbol: string): Promise<NamedInstrument> {
  if (wanted !== "") {
    const isPath = /[\\/]|\.ya?ml$/.test(wanted);
    const home = wanted.replace(/^~(?=\/)/, homedir());
    const path = isPath
      ? (isAbsolute(home) ? home : resolve(home))
      : join(FOLDER, `${wanted}.yaml`);
    return await readInstrument(path);
  }
  const shipped = await listInstruments();
  const exact = shipped.find(({ config }) => config.symbol === symbol);
  if (exact !== undefined) return exact;
  const sameRoot = shipped.find(({ config }) => isContractOf(config.symbol_root, symbol));
  if (sameRoot === undefined) {
    throw new FeedError(
      "no_instrument",
      `Cannot choose an instrument for the symbol "${symbol}": set LOTUS_INSTRUMENT`,
    );
  }
  return { name: sameRoot.name, config: { ...sameRoot.config, symbol } };
}
