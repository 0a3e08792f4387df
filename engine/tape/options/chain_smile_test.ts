import { ok } from "node:assert/strict";
import {
  atTheMoney,
  newYorkCloseMs,
  parseContractId,
  type QuoteMark,
  smileAt,
  yearsBetween,
} from "../../options/mod.ts";
import {
  DEFAULT_CONTROL,
  fixedTimeline,
  type PresetId,
  sessionById,
  symbolIndex,
} from "../../regime/mod.ts";
import { MarketTape } from "../market_tape.ts";
import { surfaceVolatility } from "../surface/mod.ts";
import { ContractCache, daysToEvent } from "./_contract.ts";
import { ParentIndex } from "./pressure.ts";
import { QuoteModel } from "./quote_model.ts";

/** How far what is solved may lie from what the generator holds, as a share of it. */
const MEAN_SHARE = 0.006;
const WORST_SHARE = 0.04;
const MONEY_SHARE = 0.04;

/** Errors of one instant, as shares of the latent volatility. */
interface Misses {
  readonly strikes: number[];
  readonly money: number[];
}

/** Reads a market as a pane does, and at some instants compares its smiles with the latent ones. */
function misses(preset: PresetId, root: string, minutes: number): Misses {
  const session = sessionById(202601150);
  const timeline = fixedTimeline({ ...DEFAULT_CONTROL, preset_id: preset });
  const tape = new MarketTape({ clock: "et", load: "steady", timeline });
  const quotes = new Map<number, Map<string, QuoteMark>>();
  let spot = 0;
  const skip = () => {};
  const sink = {
    optionNbbo: (row: { option_contract_id: string; bid: number; ask: number; ts: number }) => {
      const terms = parseContractId(row.option_contract_id);
      if (terms === null || terms.root !== root) return;
      const { expiry, right, strike } = terms;
      const { bid, ask, ts } = row;
      const chain = quotes.get(expiry) ?? new Map<string, QuoteMark>();
      quotes.set(expiry, chain.set(`${right}${strike}`, { right, strike, bid, ask, ts, spot }));
    },
    equityQuote: (row: { underlying_id: string; bid: number; ask: number }) => {
      if (row.underlying_id === root) spot = (row.bid + row.ask) / 2;
    },
    optionPrint: skip,
    equityPrint: skip,
  };
  const found: Misses = { strikes: [], money: [] };
  tape.seek(session.openTs + 45 * 60_000);
  for (let minute = 0; minute < minutes; minute++) {
    tape.advance(tape.position + 60_000, sink);
    if (minute % 2 === 1) compare(tape, root, spot, quotes, found);
  }
  return found;
}

function compare(
  tape: MarketTape,
  root: string,
  spot: number,
  quotes: ReadonlyMap<number, ReadonlyMap<string, QuoteMark>>,
  found: Misses,
): void {
  const [path, schedule, symbol, now] = [
    tape.path(),
    tape.schedule(),
    symbolIndex(root),
    tape.position,
  ];
  ok(path !== null && schedule !== null);
  const parents = new ParentIndex(schedule);
  parents.reset(now);
  parents.advance(now, now);
  const model = new QuoteModel(path, parents);
  const cache = new ContractCache(path.market.session, () => 0);
  for (const [date, chain] of quotes) {
    const expiry = cache.expiry(date);
    const points = smileAt(chain.values(), date, spot, now);
    for (const { strike, right, iv } of points) {
      const contract = cache.get(symbol, expiry, strike, right, now);
      const latent = model.volatilityAt(contract, now - 1_000);
      found.strikes.push(Math.abs(iv / latent - 1));
    }
    const years = yearsBetween(now, newYorkCloseMs(date));
    const money = atTheMoney(points, spot, years);
    if (money === null) continue;
    const latent = surfaceVolatility({
      symbol,
      volatilityLevel: path.market.levelsAt(now).volatility,
      spot,
      strike: spot,
      years,
      eventDays: daysToEvent(path.market.events, symbol, now),
    });
    found.money.push(Math.abs(money / latent - 1));
  }
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

for (
  const [preset, root] of [
    ["balanced_demo", "SPY"],
    ["event_day", "SPY"],
    ["balanced_demo", "NVDA"],
  ] as const
) {
  Deno.test(`the chain of ${root} in ${preset} shows the latent smile at one instant, no zig-zag`, () => {
    const { strikes, money } = misses(preset, root, 20);
    const worst = strikes.toSorted((a, b) => a - b)[Math.floor(0.98 * strikes.length)] ?? 1;
    console.log(
      `${strikes.length} strikes: mean ${(mean(strikes) * 100).toFixed(2)} %, ` +
        `98 % within ${(worst * 100).toFixed(2)} %; ${money.length} expiries at the money: mean ` +
        `${(mean(money) * 100).toFixed(2)} %, worst ${(Math.max(...money) * 100).toFixed(2)} %`,
    );
    ok(strikes.length > 60 && money.length > 5, `${strikes.length} ${money.length}`);
    ok(mean(strikes) < MEAN_SHARE && worst < WORST_SHARE, `${mean(strikes)} ${worst}`);
    ok(Math.max(...money) < MONEY_SHARE, `${Math.max(...money)}`);
  });
}
