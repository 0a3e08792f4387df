/**
 * What has to be known of a day before its market can be read: its options, their open interest, and
 * which contract stands for its root.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { chooseContracts } from "./mod.ts";
 *
 * const traded = new Map([
 *   ["ESH6", { contracts: 530, tradedEarly: true }],
 *   ["ESM6", { contracts: 616, tradedEarly: true }],
 * ]);
 * const [choice] = chooseContracts(
 *   ["2026-03-17"],
 *   new Map([["2026-03-16", traded]]),
 *   new Map([["ESH6", "2026-03-20"], ["ESM6", "2026-06-18"]]),
 * );
 * deepEqual(choice?.symbol, "ESM6");
 * ```
 *
 * @module
 */

export {
  chooseContracts,
  type ContractChoice,
  ContractChoiceError,
  type DateVolumes,
  type DayVolume,
  onlyContract,
} from "./contract_choice.ts";
export { type Contract, parseContract, thirdFriday } from "./contract_symbol.ts";
export { type ChainFound, type DayChain, dayChain } from "./day_chain.ts";
export { type DayOption, Definitions, type DefinitionTerms } from "./day_options.ts";
export { OpenInterest, type OpenInterestSource } from "./open_interest.ts";
export {
  cleanStatistics,
  definitionsIn,
  definitionTable,
  openInterestIn,
  statisticsTable,
} from "./reference_tables.ts";
export { TradeVolumes } from "./trade_volumes.ts";
