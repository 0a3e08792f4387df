import { ACTION, FLAG, SIDE } from "../../dbn/mod.ts";

const WINDOW_NS = 1e9;
const REST_NS = 5e8;

interface Order {
  readonly side: number;
  readonly price: number;
  readonly enterNs: number;
  qty: number;
  pending: number;
}

interface Flow {
  add: number;
  pull: number;
  pullRest: number;
  fill: number;
}

interface Withdrawn {
  readonly key: string;
  qty: number;
  restQty: number;
}

/** A window by rescans of all orders: its figures by name, and its rows of depth and flow. */
export interface NaiveWindow {
  readonly figures: Readonly<Record<string, number | boolean>>;
  /** Side, price, start, end, add, pull, rest, pullRest, fill; bids first, prices ascending. */
  readonly rows: readonly (readonly (number | string)[])[];
}

const keyOf = (side: number, price: number) => `${side === SIDE.BID ? "B" : "A"}:${price}`;

/**
 * The obvious windows of one instrument: orders in a map of objects, flow in a map by text, depth and
 * best prices from all orders whenever somebody asks. Prices in 1e-9 points.
 */
export class NaiveWindows {
  readonly #tick: number;
  readonly #halfTicks: number;
  readonly #onWindow: (window: NaiveWindow) => void;
  readonly #orders = new Map<bigint, Order>();
  readonly #flow = new Map<string, Flow>();
  readonly #withdrawn = new Map<bigint, Withdrawn>();
  readonly #unmatched = new Set<bigint>();
  #start = new Map<string, number>();
  #figures: Record<string, number> = {};
  #trades: { price: number; size: number }[] = [];
  #endNs = NaN;
  #spot = 0;
  #wasSpotKnown = false;
  #anchors: [number, number] = [0, 0];
  #last = 0;
  #valid = false;
  #inSnapshot = false;
  #sawSnapshot = false;
  #cleared = false;
  #doubted = false;

  constructor(tick: number, halfTicks: number, onWindow: (window: NaiveWindow) => void) {
    this.#tick = tick;
    this.#halfTicks = halfTicks;
    this.#onWindow = onWindow;
  }

  take(
    isKnown: boolean,
    ts: number,
    action: number,
    side: number,
    price: number,
    size: number,
    id: bigint,
    flags: number,
  ): void {
    const isSnapshot = (flags & FLAG.SNAPSHOT) !== 0;
    if (!isSnapshot) {
      if (Number.isNaN(this.#endNs)) this.#open(Math.floor(ts / WINDOW_NS) * WINDOW_NS);
      else if (ts < this.#endNs - WINDOW_NS) this.#count("late");
      while (ts >= this.#endNs) this.#close();
    }
    if (!isKnown) return this.#count("undefined");
    if (!isSnapshot && this.#inSnapshot) this.#endSnapshot();
    if (isSnapshot && !this.#inSnapshot) this.#beginSnapshot();
    if ((flags & FLAG.MAYBE_BAD_BOOK) !== 0) {
      this.#count("badBook");
      this.#doubted = true;
      this.#valid = false;
    }
    this.#act(ts, action, side, price, size, id);
    if ((flags & FLAG.LAST) !== 0) this.#endEvent(action);
  }

  finish(): void {
    if (!Number.isNaN(this.#endNs)) this.#close();
  }

  #count(name: string): void {
    this.#figures[name] = (this.#figures[name] ?? 0) + 1;
  }

  #flowAt(key: string): Flow {
    const flow = this.#flow.get(key) ?? { add: 0, pull: 0, pullRest: 0, fill: 0 };
    this.#flow.set(key, flow);
    return flow;
  }

  #act(ts: number, action: number, side: number, price: number, size: number, id: bigint): void {
    if (action === ACTION.ADD || action === ACTION.MODIFY) {
      const isGood = price > 0 && size > 0 && price % this.#tick === 0 && side !== SIDE.NONE;
      if (!isGood) return this.#count("rejected");
      this.#count("events");
      this.#count(action === ACTION.ADD ? "adds" : "modifies");
      const order = this.#orders.get(id);
      if ((order === undefined) === (action === ACTION.MODIFY)) this.#count("ghosts");
      if (order === undefined) return this.#enter(ts, side, price, size, id);
      if (action === ACTION.ADD) {
        this.#unannounce(order, id);
        this.#pull(ts, order, order.qty);
        return this.#enter(ts, side, price, size, id);
      }
      this.#execute(order, order.pending);
      if (order.price !== price || order.side !== side) {
        this.#pull(ts, order, order.qty);
        return this.#enter(ts, side, price, size, id);
      }
      if (size < order.qty) this.#pull(ts, order, order.qty - size);
      else this.#flowAt(keyOf(side, price)).add += size - order.qty;
      order.qty = size;
      return;
    }
    this.#count("events");
    if (action === ACTION.CANCEL) this.#cancel(ts, size, id);
    if (action === ACTION.FILL) this.#fill(size, id);
    if (action === ACTION.TRADE) {
      this.#count("trades");
      if (price > 0) {
        this.#last = price;
        this.#trades.push({ price, size });
      }
    }
    if (action === ACTION.CLEAR) {
      for (const [id, order] of this.#orders) this.#unannounce(order, id);
      this.#orders.clear();
      this.#flow.clear();
      this.#withdrawn.clear();
      this.#cleared = true;
      this.#beginSnapshot();
    }
  }

  #enter(ts: number, side: number, price: number, qty: number, id: bigint): void {
    this.#orders.set(id, { side, price, qty, enterNs: ts, pending: 0 });
    this.#flowAt(keyOf(side, price)).add += qty;
  }

  #pull(ts: number, order: Order, qty: number): number {
    if (qty === 0) return 0;
    const flow = this.#flowAt(keyOf(order.side, order.price));
    const restQty = ts - order.enterNs >= REST_NS ? qty : 0;
    flow.pull += qty;
    flow.pullRest += restQty;
    order.qty -= qty;
    return restQty;
  }

  #execute(order: Order, qty: number): void {
    if (qty === 0) return;
    this.#flowAt(keyOf(order.side, order.price)).fill += qty;
    order.pending -= qty;
    order.qty -= qty;
  }

  #unannounce(order: Order, id: bigint): void {
    if (order.pending > 0) this.#unmatched.add(id);
    order.pending = 0;
  }

  #cancel(ts: number, size: number, id: bigint): void {
    this.#count("cancels");
    const order = this.#orders.get(id);
    if (order === undefined) return this.#count("ghosts");
    const removed = Math.min(size, order.qty);
    const done = Math.min(order.pending, removed);
    this.#execute(order, done);
    const restQty = this.#pull(ts, order, removed - done);
    const key = keyOf(order.side, order.price);
    const last = this.#withdrawn.get(id);
    const before = last?.key === key ? last : undefined;
    if (removed > done) {
      this.#withdrawn.set(id, {
        key,
        qty: (before?.qty ?? 0) + removed - done,
        restQty: (before?.restQty ?? 0) + restQty,
      });
    }
    if (order.qty === 0) this.#orders.delete(id);
  }

  #fill(size: number, id: bigint): void {
    const withdrawn = this.#withdrawn.get(id);
    const again = Math.min(size, withdrawn?.qty ?? 0);
    if (withdrawn !== undefined && again > 0) {
      const restQty = Math.min(again, withdrawn.restQty);
      withdrawn.qty -= again;
      withdrawn.restQty -= restQty;
      const flow = this.#flowAt(withdrawn.key);
      flow.pull -= again;
      flow.pullRest -= restQty;
      flow.fill += again;
      if (again === size) return;
    }
    const order = this.#orders.get(id);
    if (order === undefined && again === 0) return this.#count("ghosts");
    const open = order === undefined ? 0 : Math.min(size - again, order.qty - order.pending);
    if (order !== undefined) order.pending += open;
    if (open < size - again) this.#unmatched.add(id);
  }

  #endEvent(action: number): void {
    for (const [id, order] of this.#orders) this.#unannounce(order, id);
    for (let i = 0; i < this.#unmatched.size; i++) this.#count("unmatchedFills");
    this.#unmatched.clear();
    this.#withdrawn.clear();
    if (this.#inSnapshot) {
      if (action !== ACTION.CLEAR) this.#endSnapshot();
      return;
    }
    const [bid, ask] = this.#best();
    if (bid === 0 || ask === 0) return;
    if (!this.#cleared && !this.#doubted) this.#valid = true;
    if (this.#spot === 0 && !Number.isNaN(this.#endNs)) this.#spot = this.#spotNow();
  }

  #beginSnapshot(): void {
    this.#inSnapshot = true;
    this.#sawSnapshot = true;
    this.#valid = false;
  }

  #endSnapshot(): void {
    this.#inSnapshot = false;
    this.#doubted = false;
    this.#valid = true;
    this.#settle();
    if (Number.isNaN(this.#endNs)) return;
    if (this.#spot === 0) this.#spot = this.#spotNow();
    const [bid, ask] = this.#best();
    this.#anchors = [this.#anchors[0] || bid, this.#anchors[1] || ask];
  }

  #settle(): void {
    this.#flow.clear();
    this.#withdrawn.clear();
    this.#start = this.#depths();
  }

  #depths(isCounted: (order: Order) => boolean = () => true): Map<string, number> {
    const depths = new Map<string, number>();
    for (const order of this.#orders.values()) {
      const key = keyOf(order.side, order.price);
      if (isCounted(order)) depths.set(key, (depths.get(key) ?? 0) + order.qty);
    }
    return depths;
  }

  #best(): [bid: number, ask: number] {
    const of = (side: number) =>
      [...this.#orders.values()].filter((order) => order.side === side).map(({ price }) => price);
    const asks = of(SIDE.ASK);
    return [Math.max(0, ...of(SIDE.BID)), asks.length === 0 ? 0 : Math.min(...asks)];
  }

  #spotNow(): number {
    const [bid, ask] = this.#best();
    const last = this.#last;
    if (last === 0) return bid || ask;
    if ([...this.#orders.values()].some(({ price }) => price === last)) return last;
    if (bid === 0 || ask === 0) return bid || ask || Math.round(last / this.#tick) * this.#tick;
    return Math.abs(ask - last) < Math.abs(last - bid) ? ask : bid;
  }

  #open(startNs: number): void {
    this.#endNs = startNs + WINDOW_NS;
    this.#sawSnapshot ||= this.#inSnapshot;
    this.#begin();
  }

  #begin(): void {
    this.#settle();
    this.#spot = this.#spotNow();
    this.#wasSpotKnown = this.#spot > 0;
    this.#anchors = this.#best();
  }

  #close(): void {
    if (this.#inSnapshot) this.#settle();
    this.#onWindow({ figures: this.#row(), rows: this.#rows() });
    this.#figures = {};
    this.#trades = [];
    this.#sawSnapshot = this.#inSnapshot;
    this.#endNs += WINDOW_NS;
    this.#begin();
  }

  #row(): Record<string, number | boolean> {
    const [bid, ask] = this.#best();
    const depths = this.#depths();
    const crossed = bid > 0 && ask > 0 && bid >= ask;
    const figures = this.#figures;
    const prices = this.#trades.map((trade) => trade.price);
    return {
      ...figures,
      bid,
      bidQty: depths.get(keyOf(SIDE.BID, bid)) ?? 0,
      ask,
      askQty: depths.get(keyOf(SIDE.ASK, ask)) ?? 0,
      spot: this.#spot,
      last: this.#last,
      anchorBid: this.#anchors[0],
      anchorAsk: this.#anchors[1],
      vwap: this.#vwap(),
      high: Math.max(0, ...prices),
      low: prices.length === 0 ? 0 : Math.min(...prices),
      isBookValid: this.#valid,
      isWindowValid: this.#valid && !this.#sawSnapshot && this.#wasSpotKnown && !crossed,
      quality: (this.#sawSnapshot ? 1 : 0) + (figures["badBook"] || this.#doubted ? 2 : 0) +
        (crossed ? 4 : 0) + (figures["late"] ? 8 : 0),
    };
  }

  #vwap(): number {
    const qty = this.#trades.reduce((sum, { size }) => sum + BigInt(size), 0n);
    if (qty === 0n) return 0;
    const sum = this.#trades.reduce((all, t) => all + BigInt(t.price) * BigInt(t.size), 0n);
    return Number((2n * sum + qty) / (2n * qty));
  }

  #rows(): (number | string)[][] {
    if (this.#spot === 0) return [];
    const end = this.#depths();
    const rest = this.#depths(({ enterNs }) => this.#endNs - enterNs >= REST_NS);
    const rows: (number | string)[][] = [];
    for (const key of new Set([...end.keys(), ...this.#flow.keys()])) {
      const price = Number(key.slice(2));
      if (Math.abs(price - this.#spot) > this.#halfTicks * this.#tick) continue;
      const { add, pull, pullRest, fill } = this.#flowAt(key);
      const [from, to] = [this.#start.get(key) ?? 0, end.get(key) ?? 0];
      rows.push([key[0]!, price, from, to, add, pull, rest.get(key) ?? 0, pullRest, fill]);
    }
    const place = (row: (number | string)[]) => (row[0] === "B" ? 0 : 1e15) + Number(row[1]);
    return rows.sort((a, b) => place(a) - place(b));
  }
}
