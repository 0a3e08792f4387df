import { extend, prefix, tag, toUnit, UNIVERSE } from "../../regime/mod.ts";
import { LOAD_FACTOR } from "../load.ts";
import type { Load } from "../market_tape_types.ts";
import { contractDraws } from "../surface/mod.ts";
import type { Contract, ContractCache } from "./_contract.ts";
import type { ActivityTable } from "./activity_table.ts";

/** What is quoted is chosen anew every minute, at a second of each symbol's own. */
const BLOCK_MS = 60_000;
const BLOCK_SECONDS = BLOCK_MS / 1_000;
/** A contract's quote has one moment in each cell of this length: the busiest, and all that are quoted. */
const BUSIEST_CELL_MS = 14_500;
const BUSIEST_SHARE = 8e-5;
const QUOTED_CELL_MS = 24_000;
/** So often come those that hardly trade now, as the price was near them earlier today. */
const LASTING_CELL_MS = 31_000;
/** And so often the rest of the chain of the symbols that trade most. */
const CHAIN_CELL_MS = 385_000;
const CHAIN_SYMBOLS = 12;
const CHAIN_DAYS = 45;

const GRID = 0x671d;
const BLOCKS = tag("nbbo.block");

/** Symbols whose whole chain is quoted, by index. */
const CHAINS: ReadonlySet<number> = new Set(
  UNIVERSE.map((_, symbol) => symbol)
    .sort((a, b) => (UNIVERSE[b]?.optionWeight ?? 0) - (UNIVERSE[a]?.optionWeight ?? 0) || a - b)
    .slice(0, CHAIN_SYMBOLS),
);

/** A moment at which a contract's makers look at their quote. */
export interface Moment {
  readonly ts: number;
  readonly contract: Contract;
}

/** Start of the minute that a symbol's choice of contracts holds for, epoch ms. */
export function blockStart(symbol: number, tsMs: number): number {
  const shift = Math.floor(BLOCK_SECONDS * toUnit(prefix(BLOCKS, symbol))) * 1_000;
  return Math.floor((tsMs + shift) / BLOCK_MS) * BLOCK_MS - shift;
}

/**
 * Calls `found` with every moment of a contract in [fromMs, untilMs): one in each cell of the contract's
 * own grid, uniform in the whole cell, so that the moments have no rhythm.
 */
export function momentsBetween(
  draws: number,
  cellMs: number,
  fromMs: number,
  untilMs: number,
  found: (ts: number) => void,
): void {
  const own = extend(extend(draws, GRID), cellMs);
  const shift = Math.floor(cellMs * toUnit(own));
  for (let cell = Math.floor((fromMs + shift) / cellMs);; cell++) {
    const start = cell * cellMs - shift;
    if (start >= untilMs) return;
    const ts = start + Math.floor(cellMs * toUnit(extend(own, cell)));
    if (ts >= fromMs && ts < untilMs) found(ts);
  }
}

/** The moments of one symbol's contracts over one minute, by second. */
interface Block {
  readonly fromMs: number;
  readonly seconds: Moment[][];
}

/** What the grid is made from. */
export interface GridInputs {
  readonly load: Load;
  readonly cache: ContractCache;
  readonly sessionId: number;
  /** Seed at the session's open, which contracts keep. */
  readonly seed: number;
  /** Activity of a symbol in the block that starts at an instant. */
  readonly table: (symbol: number, tsMs: number) => ActivityTable;
}

/** When contracts are quoted whether or not anyone trades them. */
export class QuoteGrid {
  readonly #inputs: GridInputs;
  readonly #blocks: Block[] = [];

  constructor(inputs: GridInputs) {
    this.#inputs = inputs;
  }

  /** Forgets what is laid out, so that contracts are marked anew. */
  clear(): void {
    this.#blocks.length = 0;
  }

  /** Adds the moments of a second to `out`, in no order. */
  second(secondMs: number, out: Moment[]): void {
    for (let symbol = 0; symbol < UNIVERSE.length; symbol++) {
      const fromMs = blockStart(symbol, secondMs);
      let block = this.#blocks[symbol];
      if (block?.fromMs !== fromMs) this.#blocks[symbol] = block = this.#build(symbol, fromMs);
      for (const moment of block.seconds[(secondMs - fromMs) / 1_000] ?? []) out.push(moment);
    }
  }

  #build(symbol: number, fromMs: number): Block {
    const { cache, load, table: tableOf } = this.#inputs;
    const table = tableOf(symbol, fromMs);
    const seconds: Moment[][] = Array.from({ length: BLOCK_SECONDS }, () => []);
    const untilMs = fromMs + BLOCK_MS;
    // Twenty times the prints need no twenty times the quotes.
    const haste = Math.sqrt(LOAD_FACTOR[load]);
    const add = (number: number, cellMs: number) => {
      const contract = table.contract(cache, number, fromMs);
      if (contract === null) return;
      contract.gridUntil = untilMs;
      momentsBetween(contract.draws, Math.round(cellMs / haste), fromMs, untilMs, (ts) => {
        seconds[Math.floor((ts - fromMs) / 1_000)]?.push({ ts, contract });
      });
    };
    for (const number of table.quoted) {
      add(number, table.share(number) < BUSIEST_SHARE ? QUOTED_CELL_MS : BUSIEST_CELL_MS);
    }
    for (const number of table.lasting) add(number, LASTING_CELL_MS);
    if (CHAINS.has(symbol)) this.#addChain(table, fromMs, seconds);
    return { fromMs, seconds };
  }

  #addChain(table: ActivityTable, fromMs: number, seconds: Moment[][]): void {
    const { cache, sessionId, seed } = this.#inputs;
    for (const number of table.rest) {
      if (table.dte(number) > CHAIN_DAYS) continue;
      const draws = contractDraws(seed, sessionId, table.key(number));
      momentsBetween(draws, CHAIN_CELL_MS, fromMs, fromMs + BLOCK_MS, (ts) => {
        const contract = table.contract(cache, number, fromMs);
        if (contract !== null) seconds[Math.floor((ts - fromMs) / 1_000)]?.push({ ts, contract });
      });
    }
  }
}
