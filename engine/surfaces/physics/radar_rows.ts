/** What blocks price per bucket of two ticks; the first `count` of each column hold, buckets ascending. */
export class RadarRows {
  count = 0;
  /** Buckets from that of the spot. */
  readonly bucketRel: Int32Array;
  /** 0 free to 5 blocked. */
  readonly blockedLevel: Int32Array;
  /** 0 to 1: emptiness. */
  readonly cavitation: Float64Array;
  /** 0 to 1: gamma of a strike in the bucket, 0 without one. */
  readonly gexStiffness: Float64Array;
  /** 0 to 1: what is not blocked. */
  readonly mobility: Float64Array;
  /** The stiffness of strikes spread over two buckets to either side, 0 to 1. */
  readonly gexField: Float64Array;
  /** What has blocked lately, 0 to 1. */
  readonly blockedMemory: Float64Array;

  /** @param capacity Most rows of a window. */
  constructor(capacity: number) {
    this.bucketRel = new Int32Array(capacity);
    this.blockedLevel = new Int32Array(capacity);
    this.cavitation = new Float64Array(capacity);
    this.gexStiffness = new Float64Array(capacity);
    this.mobility = new Float64Array(capacity);
    this.gexField = new Float64Array(capacity);
    this.blockedMemory = new Float64Array(capacity);
  }
}
