/** Every topic there is, by what flows in it. */
export const TOPICS = {
  /** What happens to a market: its feed, its state, that a bin came. */
  marketEvents: "market.events",
  /** Encoded bins of a market. */
  marketBins: "market.bins",
  /** Windows of a market's surfaces, one a second of its time. */
  marketSurfaces: "market.surfaces",
  /** The newest of them, as they are kept for readers. */
  surfaceWindows: "surfaces.windows",
  /** Batches of stored rows of the tape. */
  tapeRows: "tape.rows",
  /** What the tape's worker is doing. */
  tapeStates: "tape.states",
  /** Batches of rows that a replay plays. */
  replayRows: "replay.rows",
} as const;

/** Name of a topic. */
export type TopicName = typeof TOPICS[keyof typeof TOPICS];
