/** What a contract traded on a date. */
export interface DayVolume {
  /** Sum of the sizes of its trades, contracts. */
  readonly contracts: number;
  /** It traded between 05:00 and 08:30 in New York. */
  readonly tradedEarly: boolean;
}

/** Volumes of one date by symbol. */
export type DateVolumes = ReadonlyMap<string, DayVolume>;

/** Which contract stands for its root on a date, and why. Dates are YYYY-MM-DD. */
export interface ContractChoice {
  readonly sessionDate: string;
  readonly symbol: string;
  readonly expirationDate: string;
  /** Trading date whose volumes decided. */
  readonly previousDate: string;
  /** What it traded then, contracts. */
  readonly volume: number;
  /** What the next one of those that could be chosen traded; 0 when there is none. */
  readonly secondVolume: number;
  /** Another than on the date before. */
  readonly isRoll: boolean;
}

/** A choice of contracts that cannot be made. */
export class ContractChoiceError extends RangeError {
  override readonly name = "ContractChoiceError";
  readonly code: "duplicate_date" | "no_expiration" | "not_one";

  constructor(code: ContractChoiceError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * For every date the contract that traded most on the last trading date before it, of those that do not
 * expire by then; of equal ones that which expires first, then the smaller symbol. A date before which
 * nothing traded, or for which all have expired, has no row.
 *
 * @param sessionDates Any order.
 * @param volumes By date.
 * @param expirations Date of expiration by symbol.
 * @throws {ContractChoiceError} `duplicate_date` for a date that is named twice, `no_expiration` for a
 * symbol that traded and has none.
 */
export function chooseContracts(
  sessionDates: readonly string[],
  volumes: ReadonlyMap<string, DateVolumes>,
  expirations: ReadonlyMap<string, string>,
): readonly ContractChoice[] {
  const tradingDates = [...volumes.keys()].filter((date) => isTrading(volumes.get(date)!)).sort();
  const choices: ContractChoice[] = [];
  for (const sessionDate of inOrder(sessionDates)) {
    const previousDate = tradingDates.findLast((date) => date < sessionDate);
    if (previousDate === undefined) continue;
    const [first, second] = ranked(sessionDate, volumes.get(previousDate)!, expirations);
    if (first === undefined) continue;
    const before = choices.at(-1)?.symbol ?? first.symbol;
    choices.push({
      sessionDate,
      symbol: first.symbol,
      expirationDate: first.expirationDate,
      previousDate,
      volume: first.contracts,
      secondVolume: second?.contracts ?? 0,
      isRoll: first.symbol !== before,
    });
  }
  return choices;
}

function inOrder(dates: readonly string[]): readonly string[] {
  const sorted = dates.toSorted();
  const twice = sorted.find((date, i) => date === sorted[i + 1]);
  if (twice === undefined) return sorted;
  throw new ContractChoiceError(
    "duplicate_date",
    `Cannot choose contracts as a date is named twice: "${twice}"`,
  );
}

function isTrading(volumes: DateVolumes): boolean {
  const all = [...volumes.values()];
  return all.some(({ contracts }) => contracts > 0) && all.some(({ tradedEarly }) => tradedEarly);
}

interface Ranked {
  readonly symbol: string;
  readonly expirationDate: string;
  readonly contracts: number;
}

function ranked(
  sessionDate: string,
  volumes: DateVolumes,
  expirations: ReadonlyMap<string, string>,
): readonly Ranked[] {
  const live = [...volumes].map(([symbol, { contracts }]) => {
    const expirationDate = expirations.get(symbol);
    if (expirationDate !== undefined) return { symbol, expirationDate, contracts };
    const text = `Cannot choose contracts as one has no date of expiration: "${symbol}"`;
    throw new ContractChoiceError("no_expiration", text);
  }).filter(({ expirationDate }) => sessionDate < expirationDate);
  return live.sort((a, b) =>
    b.contracts - a.contracts || compare(a.expirationDate, b.expirationDate) ||
    compare(a.symbol, b.symbol)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/**
 * The only contract there is, as generated data has it.
 *
 * @throws {ContractChoiceError} `not_one` when there is none, or a choice.
 */
export function onlyContract(symbols: readonly string[]): string {
  const [symbol, ...others] = new Set(symbols);
  if (symbol !== undefined && others.length === 0) return symbol;
  throw new ContractChoiceError(
    "not_one",
    `Cannot tell which contract is meant without a table of choices: ${
      symbols.join(", ") || "none"
    }`,
  );
}
