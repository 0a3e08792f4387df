import { greeks, newYorkCloseMs, parseContractId, yearsBetween } from "../../options/mod.ts";
import type { EquityQuote, NbboSide, OptionNbbo, RawOptionPrint } from "../../frames/records.ts";
import { scoreProfiles } from "../scoring/mod.ts";
import { sideOf } from "../side_rule.ts";
import { factsWith } from "./facts.ts";
import type { Raw } from "./flow_script.ts";

/** A print with its side and spot. */
interface Sided {
  readonly print: RawOptionPrint;
  readonly side: NbboSide;
  readonly spot: number | null;
}

/** A closed packet of the plain pipeline. */
export interface NaivePacket {
  readonly id: string;
  readonly premium: number;
  readonly coverage: number;
  readonly aggressive: number;
  readonly premiumZ: number;
}

const GAP_MS = 1_500;
const QUOTE_AGE_MS = 30_000;
const SPAN_MS = 6_000;

/**
 * Enrichment, clustering and scoring as one would write them first: every join filters the quotes so far,
 * every packet is looked for in a list, every baseline reads all packets so far. Without structures.
 */
export class NaiveFlow {
  readonly packets: NaivePacket[] = [];
  readonly #quotes: OptionNbbo[] = [];
  readonly #spots: EquityQuote[] = [];
  #open: Sided[][] = [];
  #named = 0;

  /** Packets that a profile would be named for. */
  get named(): number {
    return this.#named;
  }

  take(raw: Raw): void {
    if (raw.rank === 0) this.#quotes.push(raw.record);
    if (raw.rank === 2) this.#spots.push(raw.record);
    if (raw.rank === 1) this.#print(raw.record);
  }

  finish(): void {
    for (const packet of this.#open) this.#close(packet);
    this.#open = [];
  }

  #print(print: RawOptionPrint): void {
    const { ts } = print;
    this.#open = this.#open.filter((packet) => {
      const isOver = ts - (packet.at(-1)?.print.ts ?? 0) > GAP_MS ||
        ts - (packet[0]?.print.ts ?? 0) > SPAN_MS;
      if (isOver) this.#close(packet);
      return !isOver;
    });
    const quote = this.#quotes
      .filter((one) => one.option_contract_id === print.option_contract_id && one.ts <= ts)
      .at(-1);
    const side: NbboSide = quote === undefined || quote.bid <= 0 || quote.ask <= 0
      ? "MISSING"
      : ts - quote.ts > QUOTE_AGE_MS
      ? "STALE"
      : sideOf(print.price, quote.bid, quote.ask, quote.bid < 3 ? 0.01 : 0.05);
    const root = parseContractId(print.option_contract_id)?.root;
    const spot = this.#spots.filter((one) => one.underlying_id === root && one.ts <= ts).at(-1);
    const sided = { print, side, spot: spot === undefined ? null : (spot.bid + spot.ask) / 2 };
    const packet = this.#open.find((one) =>
      one[0]?.print.option_contract_id === print.option_contract_id
    );
    if (packet === undefined) this.#open.push([sided]);
    else packet.push(sided);
  }

  #close(packet: readonly Sided[]): void {
    const [first] = packet;
    const last = packet.at(-1);
    if (first === undefined || last === undefined) return;
    const id = first.print.option_contract_id;
    const premium = Math.round(
      packet.reduce((sum, { print }) => sum + print.price * print.size * 100, 0) * 1e6,
    ) / 1e6;
    const share = (...sides: NbboSide[]) =>
      packet.filter(({ side }) => sides.includes(side)).length / packet.length;
    const coverage = share("AA", "A", "MID", "B", "BB");
    const hit = share("AA", "A", "B", "BB");
    const before = this.packets.filter((one) => one.id.startsWith(`flowpacket:${id}:`)).slice(-50);
    const mean = before.reduce((sum, one) => sum + one.premium, 0) / before.length;
    const std = Math.sqrt(
      before.reduce((sum, one) => sum + (one.premium - mean) ** 2, 0) / before.length,
    );
    this.packets.push({
      id: `flowpacket:${id}:${first.print.ts}:${last.print.ts}`,
      premium,
      coverage,
      aggressive: coverage === 0 ? 0 : hit / coverage,
      premiumZ: std > 0 ? (premium - mean) / std : 0,
    });
    const { candidate, primary } = scoreProfiles(factsWith({
      printCount: packet.length,
      premiumUsd: premium,
      totalSize: packet.reduce((sum, { print }) => sum + print.size, 0),
      coverage,
      aggressorRatio: coverage === 0 ? 0 : hit / coverage,
      absDelta: deltaOf(last),
    }));
    if (candidate && primary !== null) this.#named++;
  }
}

function deltaOf({ print, spot }: Sided): number | null {
  const terms = parseContractId(print.option_contract_id);
  if (terms === null || spot === null || print.execution_iv === null) return null;
  const years = yearsBetween(print.ts, newYorkCloseMs(terms.expiry));
  return Math.abs(greeks(terms.right, spot, terms.strike, years, print.execution_iv).delta);
}
