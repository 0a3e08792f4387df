import type { MboBlock } from "../../engine/dbn/mod.ts";
import { Band } from "../../engine/surfaces/band.ts";
import { strikeRefOf } from "../../engine/surfaces/book/mod.ts";
import { naiveGamma } from "../../engine/surfaces/gamma/testing/naive_gamma.ts";
import { NaiveSurfaces } from "../../engine/surfaces/physics/physics_bench.ts";
import type { OptionQuotes } from "../../engine/surfaces/windows/mod.ts";
import { NaiveMarket } from "../../engine/surfaces/windows/windows_bench.ts";
import type { SessionFile } from "./surface_session.ts";

type NaiveRows = readonly (readonly (number | string)[])[];

const HALF_TICKS = 600;
const OPTION_TICK_NANO = 50_000_000;
/** Every premium of an option. */
const ALL_TICKS = 1e6;

/**
 * The surfaces the obvious way: objects in maps, all orders gone through whenever somebody asks, every
 * option's volatility by bisection, rows as JSON.
 */
export class NaiveReader {
  /** Written so far, characters. */
  sentChars = 0;
  windows = 0;
  /** Total gamma exposure of the last window. */
  gexTotal = NaN;
  /** Contracts in the band of the last window. */
  depth = 0;
  readonly #file: SessionFile;
  readonly #market: NaiveMarket;
  readonly #quotes: OptionQuotes;
  readonly #band = new Band(HALF_TICKS);
  readonly #surfaces: NaiveSurfaces;

  constructor(file: SessionFile) {
    const { chain, future, baseNs, seconds } = file;
    const options = chain.instrumentId.length;
    this.#file = file;
    this.#quotes = {
      bidInt: new Float64Array(options),
      askInt: new Float64Array(options),
      isValid: new Uint8Array(options),
    };
    this.#surfaces = new NaiveSurfaces(seconds + 1);
    const books = Array.from(chain.instrumentId, (instrumentId, option) => ({
      instrumentId,
      tickNano: OPTION_TICK_NANO,
      halfTicks: ALL_TICKS,
      onWindow: ({ figures, rows }: { figures: Figures; rows: NaiveRows }) => {
        this.#quote(option, figures);
        this.sentChars += JSON.stringify(rows).length;
      },
    }));
    const onWindow = ({ figures, rows }: { figures: Figures; rows: NaiveRows }) =>
      this.#close(figures, rows);
    // The options close first, so that their quotes are there when the future does.
    this.#market = new NaiveMarket(baseNs, [...books, {
      ...future,
      halfTicks: HALF_TICKS,
      onWindow,
    }]);
  }

  take(block: MboBlock): void {
    this.#market.take(block);
  }

  finish(): void {
    this.#market.finish();
  }

  #quote(option: number, { bid, ask, isBookValid }: Figures): void {
    const isQuoted = Number(bid) > 0 && Number(ask) > Number(bid);
    this.#quotes.bidInt[option] = isQuoted ? Number(bid) : 0;
    this.#quotes.askInt[option] = isQuoted ? Number(ask) : 0;
    this.#quotes.isValid[option] = Number(isBookValid);
  }

  #close(figures: Figures, rows: NaiveRows): void {
    const { chain, baseNs } = this.#file;
    const [bid, ask, spot] = [
      Number(figures["bid"]),
      Number(figures["ask"]),
      Number(figures["spot"]),
    ];
    this.#fill(rows, Math.round(spot / this.#file.future.tickNano));
    this.#surfaces.close(this.#band, this.windows, () => 0);
    this.windows++;
    const window = {
      futureInt: figures["isBookValid"] === true && ask > bid && bid > 0 ? (bid + ask) / 2 : spot,
      spotRefInt: spot,
      strikeRefInt: spot === 0 ? 0 : strikeRefOf(spot),
      windowEndNs: baseNs + BigInt(this.windows) * 1_000_000_000n,
    };
    const signedVolume = new Float64Array(chain.instrumentId.length);
    const [gamma] = naiveGamma({ chain, steps: [{ quotes: this.#quotes, window, signedVolume }] });
    this.gexTotal = gamma?.total ?? NaN;
    const strikes = [...gamma?.strikes ?? []];
    this.sentChars += JSON.stringify({ figures, rows, strikes }).length;
  }

  #fill(rows: NaiveRows, spotTick: number): void {
    const band = this.#band;
    band.moveTo(spotTick);
    this.depth = 0;
    for (const [side, price, start, end, add, pull, rest, pullRest, fill] of rows) {
      const slot = Math.round(Number(price) / this.#file.future.tickNano) - spotTick + HALF_TICKS;
      const into = side === "B" ? band.bids : band.asks;
      into.hasRow[slot] = 1;
      into.start[slot] = Number(start);
      into.end[slot] = Number(end);
      into.add[slot] = Number(add);
      into.pull[slot] = Number(pull);
      into.rest[slot] = Number(rest);
      into.pullRest[slot] = Number(pullRest);
      into.fill[slot] = Number(fill);
      this.depth += Number(end);
    }
  }
}

type Figures = Readonly<Record<string, number | boolean>>;
