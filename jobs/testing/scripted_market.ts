import {
  ENG,
  ENGINE_COLUMNS,
  GridEncoder,
  type GridFrame,
  gridUpdate,
} from "../../engine/frames/mod.ts";
import { ACTION, SIDE } from "../../engine/dbn/mod.ts";
import { TradeStage } from "../../engine/trades/mod.ts";
import type { EncodedPart } from "../market/protocol.ts";
import { Release } from "../market/release.ts";
import { TradeOutput } from "../market/trade_output.ts";
import type { FeedState } from "../../modules/feed/contract.ts";

/** A trade of a scripted bin: ticks from the spot, who took, contracts. */
export type ScriptedTrade = readonly [k: number, aggressor: "B" | "A" | "N", size: number];

/** What a scripted bin may be given instead of what the script would make. */
export interface BinOptions {
  readonly live?: boolean;
  readonly bookValid?: boolean;
  /** Bins that pass unseen before this one. */
  readonly skip?: number;
  /** False leaves the book one-sided, so that the bin has no spot. */
  readonly hasSpot?: boolean;
  /** What trades in it, evenly over its time. */
  readonly trades?: readonly ScriptedTrade[];
  /** What is forecast at its end, as it travels in the header. */
  readonly forecast?: Readonly<Record<string, unknown>>;
}

const BASE_NS = 1_770_388_200_000_000_000n; // 2026-02-06 09:30:00 in New York
const TICK_INT = 250_000_000;
const HORIZONS_MS = [100, 200, 300, 400];
/** One tick in so many is never touched: its score is exactly 0. */
const QUIET_EVERY = 7;

/** A bin as it was sent. */
interface ScriptedBin {
  readonly header: string;
  readonly rows: Uint8Array<ArrayBuffer>;
  readonly parts: readonly EncodedPart[];
}

/**
 * A market in which a test decides when each bin comes and what is wrong with it. It fills the same
 * frames as the engine and speaks the protocol of the pressure stream, over real sockets.
 */
export class ScriptedMarket {
  readonly radius: number;
  readonly cellMs = 100;
  readonly frame: GridFrame;
  /** Frame of every bin sent, by bin number, as its columns were. */
  readonly sent = new Map<number, { spotTick: number; columns: Map<string, Float64Array> }>();
  feed: FeedState;
  /** Holds back all of the past but the newest bin until it resolves; null sends it at once. */
  pastGate: Promise<void> | null = null;
  /** Waited for between the grid of a past bin and its trades, where the newest come first. */
  partsGate: (() => Promise<void>) | null = null;
  readonly #encoder: GridEncoder;
  /** Every socket with the parts of a bin that it asked for. */
  readonly #sockets = new Map<WebSocket, readonly string[]>();
  readonly #history: ScriptedBin[] = [];
  readonly #output = new TradeOutput(new Release());
  readonly #trades: TradeStage;
  readonly #book: Float64Array;
  #seq = 0;
  #spotTick = 85_000;
  #drift = 0;
  #seed: number;
  #events = 0;
  /** When the newest bin was sent, epoch ms. */
  #binAtMs = 0;

  constructor(options: { radius?: number; seed?: number; feed?: Partial<FeedState> } = {}) {
    this.radius = options.radius ?? 50;
    this.#seed = options.seed ?? 7;
    const rows = 2 * this.radius + 1;
    this.#encoder = new GridEncoder(rows, HORIZONS_MS);
    this.#book = new Float64Array(4 * 8_192);
    this.frame = emptyFrame(this.radius);
    this.#trades = new TradeStage({
      product_type: "future_mbo",
      symbol: "MNQH6",
      tick_int: TICK_INT,
      cell_width_ms: this.cellMs,
      pressure_model: "complete",
    }, { baseNs: BASE_NS, emitAfterNs: 0, onBin: (frame) => this.#output.take(frame) });
    this.#trades.onEvent(0, ACTION.ADD, SIDE.BID, 0, 1, 0, 0, 0); // opens the first bin
    this.feed = { ...firstState(), ...options.feed };
  }

  /** Takes a WebSocket request: configuration, then the bins so far, then what is sent later. */
  accept(request: Request): Response {
    const { socket, response } = Deno.upgradeWebSocket(request);
    const query = new URL(request.url).searchParams;
    const parts = query.get("parts")?.split(",") ?? ["grid"];
    const isNewestFirst = query.get("order") === "newest";
    socket.onopen = () => {
      this.#send(socket, { ...this.config(), ts: Date.now() });
      this.#send(socket, { type: "feed_state", ts: Date.now(), state: this.#state() });
      const past = this.#history.slice(-1_200);
      if (isNewestFirst) void this.#sendNewestFirst(socket, parts, past);
      else for (const bin of past) this.#sendTo(socket, parts, bin, true);
      this.#sockets.set(socket, parts);
    };
    socket.onclose = () => this.#sockets.delete(socket);
    return response;
  }

  async #sendNewestFirst(
    socket: WebSocket,
    parts: readonly string[],
    past: readonly ScriptedBin[],
  ): Promise<void> {
    const [newest, ...older] = past.toReversed();
    if (newest !== undefined) this.#sendTo(socket, parts, newest, true);
    await this.pastGate;
    for (const bin of older) {
      if (this.partsGate === null) this.#sendTo(socket, parts, bin, true);
      else {
        this.#sendTo(socket, ["grid"], bin, true);
        await this.partsGate();
        this.#sendTo(socket, parts.filter((part) => part !== "grid"), bin, true);
      }
    }
    this.#send(socket, { type: "backfilled" });
  }

  /** Sockets that listen. */
  get listeners(): number {
    return this.#sockets.size;
  }

  /** The frame that opens a stream. */
  config(): Record<string, unknown> {
    return {
      type: "runtime_config",
      product_type: "future_mbo",
      symbol: this.feed.symbol,
      symbol_root: "MNQ",
      price_scale: 1e-9,
      tick_size: 0.25,
      bucket_size_dollars: 0.25,
      rel_tick_size: 0.25,
      grid_radius_ticks: this.radius,
      cell_width_ms: this.cellMs,
      n_absolute_ticks: 8_192,
      spectrum_windows: [5, 10, 20, 40],
      projection_horizons_bins: [1, 2, 3, 4],
      projection_horizons_ms: HORIZONS_MS,
      contract_multiplier: 2,
      qty_unit: "contracts",
      price_decimals: 2,
      config_version: "a570e9b9b142",
      projection_model: { use_cubic: false, cubic_scale: 1 / 6, damping_lambda: 0 },
      pressure_model: this.feed.model,
      stream_format: "dense_grid",
      grid_schema_fields: this.#encoder.columns.map((column) => column.name),
      grid_rows: 2 * this.radius + 1,
      feed: this.#state(),
    };
  }

  /** Makes and sends bins one after another, all with the same options. Returns the last number. */
  sendBins(count: number, options: BinOptions = {}): number {
    for (let i = 0; i < count; i++) this.#sendBin(options);
    return this.#seq - 1;
  }

  /** Changes the feed's state and tells everybody. */
  setFeed(change: Partial<FeedState>): void {
    this.feed = { ...this.feed, ...change };
    this.tell({ type: "feed_state", ts: Date.now(), state: this.#state() });
  }

  /** Sends a JSON message to everybody. */
  tell(message: object): void {
    for (const socket of this.#sockets.keys()) this.#send(socket, message);
  }

  /** Closes every socket. */
  disconnect(code: number, reason: string): void {
    for (const socket of this.#sockets.keys()) socket.close(code, reason);
    this.#sockets.clear();
  }

  /** The state of now: time goes on from the newest bin while the feed runs. */
  #state(): FeedState {
    const { phase, speed, nowNs } = this.feed;
    const rate = phase === "live" && speed !== "max" ? speed : 0;
    const atMs = Date.now();
    const passedNs = BigInt(Math.round((atMs - this.#binAtMs) * rate * 1e6));
    const dueNs = (BigInt(nowNs ?? BASE_NS) + (this.#seq === 0 ? 0n : passedNs)).toString();
    return { ...this.feed, clock: { dueNs, atMs, rate } };
  }

  #send(socket: WebSocket, message: object): void {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  }

  #random(): number {
    this.#seed = (Math.imul(this.#seed, 1_664_525) + 1_013_904_223) >>> 0;
    return this.#seed / 4_294_967_296;
  }

  #sendBin(options: BinOptions): void {
    this.#seq += options.skip ?? 0;
    this.#walk();
    const frame = this.#fill(options);
    const { forecast } = options;
    const header = JSON.stringify({
      ...gridUpdate(frame, options.live ?? true),
      ...(forecast !== undefined && { forecast }),
    });
    const rows = this.#encoder.encode(frame);
    const bin = { header, rows, parts: this.#trade(options) };
    this.#history.push(bin);
    this.#remember(frame);
    for (const [socket, parts] of this.#sockets) this.#sendTo(socket, parts, bin, false);
    this.#seq++;
    this.#binAtMs = Date.now();
    const nowNs = BASE_NS + BigInt(this.#seq * this.cellMs) * 1_000_000n;
    this.feed = { ...this.feed, nowNs: nowNs.toString(), bins: this.#seq, events: this.#events };
  }

  /** Lets the trades of the bin happen. */
  #trade({ trades = [], live = true }: BinOptions): readonly EncodedPart[] {
    const { binStartNs, binEndNs, binSeq } = this.frame;
    this.#trades.closeUntil(binStartNs);
    trades.forEach(([k, aggressor, size], i) => {
      const tsNs = binStartNs + Math.floor((i / trades.length) * (binEndNs - binStartNs));
      const side = { B: SIDE.BID, A: SIDE.ASK, N: SIDE.NONE }[aggressor];
      const price = (this.#spotTick + k) * TICK_INT;
      this.#trades.onEvent(tsNs, ACTION.TRADE, side, price, size, 0, 0, 0);
    });
    this.#trades.closeUntil(binEndNs);
    return this.#output.partsOf({ binSeq, endNs: BASE_NS + BigInt(binEndNs), live });
  }

  #sendTo(
    socket: WebSocket,
    wanted: readonly string[],
    { header, rows, parts }: ScriptedBin,
    isPast: boolean,
  ): void {
    if (socket.readyState !== WebSocket.OPEN) return;
    const told = (text: string) => isPast ? text.replace('"live":true', '"live":false') : text;
    if (wanted.includes("grid")) {
      socket.send(told(header));
      socket.send(rows);
    }
    for (const { name, header, arrow } of parts) {
      if (!wanted.includes(name)) continue;
      socket.send(told(header));
      if (arrow !== null) socket.send(arrow);
    }
  }

  #remember(frame: GridFrame): void {
    const columns = new Map<string, Float64Array>();
    ENGINE_COLUMNS.forEach((column, i) => columns.set(column.name, frame.engine[i]!.slice()));
    columns.set("spectrum_score", frame.score.slice());
    columns.set("last_event_id", frame.lastEventId.slice());
    HORIZONS_MS.forEach((ms, i) => {
      columns.set(`proj_score_h${ms}`, frame.projections[i]!.slice());
    });
    this.sent.set(frame.binSeq, { spotTick: frame.spotRefPriceInt / TICK_INT, columns });
  }

  /** Moves spot and lets flow come, cluster and fade around it. */
  #walk(): void {
    this.#drift = 0.97 * this.#drift + 0.06 * (this.#random() - 0.5);
    if (this.#random() < 0.25 + Math.abs(this.#drift)) {
      this.#spotTick += this.#random() < 0.5 + 2 * this.#drift ? 1 : -1;
    }
    for (let i = 0; i < this.#book.length; i++) this.#book[i]! *= 0.985;
    const flows = 10 + Math.floor(this.#random() * 14);
    for (let i = 0; i < flows; i++) {
      const reach = (this.#random() + this.#random() + this.#random() - 1.5) * this.radius * 1.2;
      const tick = this.#spotTick + Math.round(reach);
      const isPull = this.#random() < 0.46 + 1.5 * this.#drift * Math.sign(reach);
      const at = 4 * (tick & 8_191) + (isPull ? 1 : 0);
      this.#book[at]! += 2 + 12 * this.#random() ** 3;
      this.#events++;
    }
  }

  #fill(options: BinOptions): GridFrame {
    const { frame, radius } = this;
    const hasSpot = options.hasSpot ?? true;
    frame.binSeq = this.#seq;
    frame.binStartNs = this.#seq * this.cellMs * 1e6;
    frame.binEndNs = frame.binStartNs + this.cellMs * 1e6;
    frame.binEventCount = 12;
    frame.eventId = this.#events;
    frame.bookValid = options.bookValid ?? true;
    frame.spotRefPriceInt = hasSpot ? this.#spotTick * TICK_INT : 0;
    frame.bestBidPriceInt = (this.#spotTick - 1) * TICK_INT;
    frame.bestAskPriceInt = hasSpot ? this.#spotTick * TICK_INT : 0;
    frame.spotHalfTick = hasSpot;
    frame.midPrice = hasSpot ? (this.#spotTick - 0.5) * 0.25 : 0;
    for (let row = 0; row < frame.k.length; row++) {
      if (hasSpot) this.#fillRow(row, this.#spotTick - radius + row);
      else for (const column of [...frame.engine, frame.score]) column[row] = 0;
    }
    return frame;
  }

  #fillRow(row: number, tick: number): void {
    const { frame } = this;
    const k = row - this.radius;
    const share = tick % QUIET_EVERY === 0 ? 0 : 1;
    const add = share * this.#book[4 * (tick & 8_191)]!;
    const pull = share * this.#book[4 * (tick & 8_191) + 1]!;
    const wave = 0.5 + 0.5 * Math.sin(tick * 0.7) * Math.cos(tick * 0.13);
    const set = (column: number, value: number) => frame.engine[column]![row] = value;
    set(ENG.ADD_MASS, 3 * add);
    set(ENG.PULL_MASS, 3 * pull);
    set(ENG.FILL_MASS, Math.abs(k) < 3 ? add : 0);
    set(ENG.REST_DEPTH, Math.round(2 + 40 * wave + 6 * add));
    set(ENG.V_ADD, add);
    set(ENG.V_PULL, pull);
    set(ENG.V_FILL, Math.abs(k) < 3 ? 0.4 * add : 0);
    set(ENG.V_REST_DEPTH, add - pull);
    set(ENG.A_ADD, 0.3 * (add - pull));
    set(ENG.A_PULL, 0.2 * (pull - add));
    set(ENG.J_ADD, 0.05 * add);
    set(ENG.PRESSURE, add);
    set(ENG.VACUUM, pull);
    const score = Math.tanh((add - pull) / (2 + 0.5 * (add + pull)));
    frame.score[row] = score;
    frame.state[row] = score >= 0.15 ? 1 : score <= -0.15 ? -1 : 0;
    frame.lastEventId[row] = add + pull > 0 ? this.#events - Math.abs(k) : 0;
    frame.projections.forEach((column, i) => column[row] = score * (1 - 0.1 * (i + 1)));
  }
}

function emptyFrame(radius: number): GridFrame {
  const rows = 2 * radius + 1;
  const column = () => new Float64Array(rows);
  return {
    binStartNs: 0,
    binEndNs: 0,
    baseNs: BASE_NS,
    binSeq: 0,
    binEventCount: 0,
    eventId: 0,
    midPrice: 0,
    spotRefPriceInt: 0,
    bestBidPriceInt: 0,
    bestAskPriceInt: 0,
    bookValid: true,
    spotHalfTick: false,
    k: Int32Array.from({ length: rows }, (_, row) => row - radius),
    engine: ENGINE_COLUMNS.map(column),
    score: column(),
    state: new Int8Array(rows),
    lastEventId: column(),
    projections: HORIZONS_MS.map(column),
  };
}

function firstState(): FeedState {
  return {
    kind: "synthetic",
    isSynthetic: true,
    phase: "live",
    name: "synthetic",
    symbol: "MNQH6",
    model: "complete",
    speed: 1,
    regime: "mean_revert",
    regimeHeld: false,
    seed: 7,
    startNs: BASE_NS.toString(),
    endNs: null,
    nowNs: BASE_NS.toString(),
    clock: null,
    events: 0,
    bins: 0,
    eventsPerSecond: 1_240,
    binsPerSecond: 10,
    lagMs: 4,
    coverage: { add: 0.98, pull: 0.94, fill: 0.99 },
    progress: null,
    message: null,
  };
}
