import type { MboBlock } from "../../dbn/mod.ts";
import type { Stage } from "../../stage/mod.ts";
import { FlowRows, QUALITY, STRIKE_STEP_TICKS } from "../book/mod.ts";
import {
  METRIC,
  type MetricHistogramState,
  OnlineCalibration,
  type OnlineCalibrationState,
} from "../calibration/mod.ts";
import {
  type Chain,
  futurePriceInt,
  Gamma,
  type GammaColumns,
  GammaFlow,
  type GammaState,
} from "../gamma/mod.ts";
import {
  addLevelMetrics,
  BucketRadar,
  type BucketRadarState,
  type LatticeFieldsState,
  LevelSurfaces,
  type LevelSurfacesState,
  PhysicsBands,
  TickFields,
} from "../physics/mod.ts";
import {
  OptionLevelRows,
  StrikeRows,
  SurfaceWindows,
  type SurfaceWindowsState,
} from "../windows/mod.ts";
import { OptionQuoteRows } from "./option_quote_rows.ts";
import { digestOf } from "./state_digest.ts";

/** Ticks on each side of the spot that depth and flow, velocity and fields are told for. */
const FLOW_HALF_TICKS = 200;
/** Strikes on each side of the middle that the velocity of options is told for. */
const VELOCITY_HALF_STRIKES = 10;
const NO_STRIKES = new Float64Array();

/** What a pass reads, and where its windows go. */
export interface SurfacePassOptions {
  /** Epoch ns that offsets count from. */
  readonly baseNs: bigint;
  readonly future: { readonly instrumentId: number; readonly tickNano: number };
  /** The day's options; a chain of none where there are none. */
  readonly chain: Chain;
  /** Whether the records were made up. */
  readonly isGenerated: boolean;
  /** What earlier sessions saw of the metrics that are normalised, each as `OnlineCalibration.seen` told it. */
  readonly earlier?: readonly (readonly MetricHistogramState[])[];
  /** Called at the end of every window; what it reads is overwritten by the next. */
  readonly onWindow: (pass: SurfacePass) => void;
}

/** Copy of all that the next window depends on, fit for structured clone. */
export interface SurfacePassState {
  readonly windows: SurfaceWindowsState;
  readonly signedVolume: Float64Array;
  readonly gamma: GammaState;
  readonly levels: LevelSurfacesState;
  readonly radar: BucketRadarState;
  readonly fields: LatticeFieldsState;
  readonly calibration: OnlineCalibrationState;
}

/**
 * All surfaces of a future and its options in one pass over their records: at the end of every second the
 * books are read once, and everything else follows from them. What a window normalises itself by was
 * known before it.
 *
 * @see docs/methods/surfaces.md
 */
export class SurfacePass implements Stage<MboBlock, SurfacePassState> {
  readonly baseNs: bigint;
  readonly tickNano: number;
  /** The options listed now. */
  chain: Chain;
  readonly windows: SurfaceWindows;
  readonly flow = new FlowRows(FLOW_HALF_TICKS);
  readonly strikes = new StrikeRows(VELOCITY_HALF_STRIKES);
  readonly premiums = new OptionLevelRows();
  optionQuotes: OptionQuoteRows;
  readonly gexFlow = new GammaFlow();
  readonly levels: LevelSurfaces;
  readonly bands = new PhysicsBands();
  readonly fields = new TickFields();
  readonly radar: BucketRadar;
  readonly calibration: OnlineCalibration;
  /** What the options of the window came to. */
  gamma: GammaColumns;
  /** Per option: contracts that customers bought less those they sold since the session began. */
  signedVolume: Float64Array;
  readonly #gamma: Gamma;
  readonly #isGenerated: boolean;
  readonly #onWindow: (pass: SurfacePass) => void;
  readonly #gammaWindow = { futureInt: 0, strikeRefInt: 0, spotRefInt: 0, windowEndNs: 0n };
  readonly #stiffness = { gexAbs: NO_STRIKES, strikeRefTick: 0, stepTicks: STRIKE_STEP_TICKS };

  constructor({ baseNs, future, chain, isGenerated, earlier, onWindow }: SurfacePassOptions) {
    const options = chain.instrumentId.length;
    this.baseNs = baseNs;
    this.tickNano = future.tickNano;
    this.chain = chain;
    this.windows = new SurfaceWindows({
      baseNs,
      future,
      options: chain,
      onWindow: (windows) => this.#close(windows),
    });
    const { slots, halfTicks } = this.windows.band;
    this.levels = new LevelSurfaces(slots);
    this.radar = new BucketRadar(halfTicks);
    this.calibration = new OnlineCalibration(earlier);
    this.signedVolume = new Float64Array(options);
    this.optionQuotes = new OptionQuoteRows(options);
    this.#gamma = new Gamma(chain);
    this.gamma = this.#gamma.close(
      chain,
      this.windows.quotes,
      this.#gammaWindow,
      this.signedVolume,
    );
    this.#isGenerated = isGenerated;
    this.#onWindow = onWindow;
  }

  /** Whether the market has options at all. */
  get hasOptions(): boolean {
    return this.chain.instrumentId.length > 0;
  }

  /** Takes other options in the place of those listed; the future goes on. */
  list(chain: Chain): void {
    const options = chain.instrumentId.length;
    this.chain = chain;
    this.windows.list(chain);
    this.signedVolume = new Float64Array(options);
    this.optionQuotes = new OptionQuoteRows(options);
  }

  /** End of the window, epoch ns. */
  get endNs(): bigint {
    return this.baseNs + BigInt(this.windows.endNs);
  }

  /** Bits of `QUALITY`. */
  get quality(): number {
    const { isBootstrap: bootstrap } = this.calibration.bounds;
    // Without options nothing is normalised by what they would bring.
    const isBootstrap = bootstrap.subarray(0, this.hasOptions ? undefined : METRIC.GEX_ABS)
      .includes(1);
    return this.windows.quality | (isBootstrap ? QUALITY.BOOTSTRAP : 0) |
      (this.#isGenerated ? QUALITY.GENERATED : 0);
  }

  take(block: MboBlock): void {
    this.windows.take(block);
  }

  closeUntil(tsNs: number): void {
    this.windows.closeUntil(tsNs);
  }

  finish(): void {
    this.windows.finish();
  }

  save(): SurfacePassState {
    return {
      windows: this.windows.save(),
      signedVolume: this.signedVolume.slice(),
      gamma: this.#gamma.save(),
      levels: this.levels.save(),
      radar: this.radar.save(),
      fields: this.fields.save(),
      calibration: this.calibration.save(),
    };
  }

  restore(state: SurfacePassState): void {
    this.windows.restore(state.windows);
    this.signedVolume.set(state.signedVolume);
    this.#gamma.restore(state.gamma);
    this.levels.restore(state.levels);
    this.radar.restore(state.radar);
    this.fields.restore(state.fields);
    this.calibration.restore(state.calibration);
  }

  hash(): string {
    return digestOf(this.save());
  }

  #close(windows: SurfaceWindows): void {
    const { calibration: { bounds }, levels, flow, strikes } = this;
    const { row } = windows.future;
    flow.take(windows.band, windows.future);
    strikes.take(windows.strikeFlow);
    this.premiums.take(windows);
    this.optionQuotes.take(windows);
    this.#closeOptions(row.spotRefInt, row.strikeRefInt);
    this.gexFlow.take(windows.strikeFlow, bounds);
    levels.close(windows.band, bounds);
    this.bands.close(levels.rows, bounds);
    this.fields.close(windows.band);
    const { surface } = this.gamma;
    this.#stiffness.gexAbs = this.hasOptions && surface.count > 0 ? surface.gexAbs : NO_STRIKES;
    this.#stiffness.strikeRefTick = Math.round(row.strikeRefInt / this.tickNano);
    this.radar.close(windows.band.spotTick, levels.rows, bounds, this.#stiffness);
    this.#onWindow(this);
    this.#calibrate();
  }

  #closeOptions(spotRefInt: number, strikeRefInt: number): void {
    const { windows, signedVolume, chain } = this;
    windows.optionBooks.forEach(({ trades }, option) => {
      signedVolume[option]! += trades.qtyBuy - trades.qtySell;
    });
    const window = this.#gammaWindow;
    window.futureInt = futurePriceInt(windows.future.row);
    window.spotRefInt = spotRefInt;
    window.strikeRefInt = this.hasOptions ? strikeRefInt : 0;
    window.windowEndNs = this.endNs;
    this.gamma = this.#gamma.close(chain, windows.quotes, window, signedVolume);
  }

  /** What a window held counts from the next one on. */
  #calibrate(): void {
    const { calibration, gexFlow, gamma: { surface } } = this;
    addLevelMetrics(calibration, this.levels.rows);
    if (this.hasOptions) {
      calibration.add(METRIC.GEX_ABS, surface.gexAbs, surface.count);
      calibration.add(METRIC.FLOW_ABS, gexFlow.flowAbs, gexFlow.count);
      calibration.add(METRIC.FLOW_REINFORCE, gexFlow.flowReinforce, gexFlow.count);
      calibration.add(METRIC.PULL_REST_INTENSITY, gexFlow.pullRestIntensity, gexFlow.count);
    }
    calibration.freeze();
  }
}
