/** Wall, vacuum and physics per price; the first `count` of each column hold. Bids first, price ascending. */
export class LevelRows {
  count = 0;
  /** 0 bid, 1 ask. */
  readonly isAsk: Uint8Array;
  /** Price over tick. */
  readonly tick: Int32Array;
  /** Ticks from the spot. */
  readonly relTicks: Int32Array;
  readonly depthQtyStart: Float64Array;
  readonly depthQtyEnd: Float64Array;
  readonly addQty: Float64Array;
  readonly pullQtyTotal: Float64Array;
  readonly depthQtyRest: Float64Array;
  readonly pullQtyRest: Float64Array;
  readonly fillQty: Float64Array;
  /** Contracts per s, s², s³. */
  readonly d1DepthQty: Float64Array;
  readonly d2DepthQty: Float64Array;
  readonly d3DepthQty: Float64Array;
  /** Ratio, ≥ 0. */
  readonly pullIntensityRest: Float64Array;
  /** ln(1 + pullIntensityRest), ≥ 0: the form that is normalised. */
  readonly log1pPullIntensityRest: Float64Array;
  readonly pullAddLog: Float64Array;
  /** Log ratio per s, s², s³. */
  readonly d1PullAddLog: Float64Array;
  readonly d2PullAddLog: Float64Array;
  readonly d3PullAddLog: Float64Array;
  /** ln(1 + resting contracts), ≥ 0. */
  readonly wallStrengthLog: Float64Array;
  /** Contracts lost since the window before, ≥ 0. */
  readonly wallErosion: Float64Array;
  /** ln(1 + erosion / (start + 1)), ≥ 0: the form that is normalised. */
  readonly log1pErosionNorm: Float64Array;
  /** 0 to 1. */
  readonly vacuumScore: Float64Array;
  /** 0 to 1. */
  readonly physicsScore: Float64Array;
  /** The same with a sign: + asks above the spot, − bids below it, 0 elsewhere. */
  readonly physicsScoreSigned: Float64Array;

  /** @param capacity Most rows of a window. */
  constructor(capacity: number) {
    const column = () => new Float64Array(capacity);
    this.isAsk = new Uint8Array(capacity);
    this.tick = new Int32Array(capacity);
    this.relTicks = new Int32Array(capacity);
    this.depthQtyStart = column();
    this.depthQtyEnd = column();
    this.addQty = column();
    this.pullQtyTotal = column();
    this.depthQtyRest = column();
    this.pullQtyRest = column();
    this.fillQty = column();
    this.d1DepthQty = column();
    this.d2DepthQty = column();
    this.d3DepthQty = column();
    this.pullIntensityRest = column();
    this.log1pPullIntensityRest = column();
    this.pullAddLog = column();
    this.d1PullAddLog = column();
    this.d2PullAddLog = column();
    this.d3PullAddLog = column();
    this.wallStrengthLog = column();
    this.wallErosion = column();
    this.log1pErosionNorm = column();
    this.vacuumScore = column();
    this.physicsScore = column();
    this.physicsScoreSigned = column();
  }
}
