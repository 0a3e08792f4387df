import type { LiveSubscription } from "./scripted_live_types.ts";

/** A record as it goes over the wire. */
export type WireRecord = Readonly<Record<string, unknown>>;

const SYMBOLS = ["SPY", "NVDA", "AAPL", "TSLA", "QQQ"] as const;
const SIDES = ["A", "AA", "MID", "B"] as const;
const PROFILES = [
  "institutional_directional",
  "retail_whale",
  "event_driven",
  "vol_seller",
  "arbitrage",
  "hedge_reactive",
] as const;

/**
 * A tape in which a test decides when each row comes. It speaks the protocol of the live socket and
 * answers the history routes, over real sockets.
 */
export class ScriptedLive {
  /** Every record by channel, oldest first. */
  readonly sent = new Map<string, WireRecord[]>();
  /** What clients asked for, in order. */
  readonly requests: unknown[] = [];
  /** Newest of the clock of the records, epoch ms. */
  now: number;
  readonly #sockets = new Map<WebSocket, Map<string, LiveSubscription>>();
  #seq = 0;

  constructor(startMs: number = Date.now()) {
    this.now = startMs;
  }

  /** Clients that are connected. */
  get clients(): number {
    return this.#sockets.size;
  }

  /** Takes a WebSocket request. */
  accept(request: Request): Response {
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onopen = () => {
      this.#sockets.set(socket, new Map());
      this.#say(socket, { op: "ready", ts: Date.now(), channel_health: {} });
    };
    socket.onclose = () => this.#sockets.delete(socket);
    socket.onmessage = ({ data }) => this.#onText(socket, String(data));
    return response;
  }

  /** Answers `/history/X` and `/replay/X`. */
  answer(request: Request): Response {
    const url = new URL(request.url);
    const [, kind, channel = ""] = url.pathname.split("/");
    const all = this.sent.get(channel) ?? [];
    const get = (name: string) => Number(url.searchParams.get(name));
    if (kind === "replay") {
      const at = { ts: get("after_ts"), seq: get("after_seq") };
      const data = all.filter((row) => isAfter(row, at)).slice(0, get("limit"));
      return Response.json({ data, next: null });
    }
    const at = { ts: get("before_ts"), seq: get("before_seq") };
    const older = all.filter((row) => !isAfter(row, at) && row["seq"] !== at.seq);
    const data = older.slice(-get("limit")).toReversed();
    const last = data.at(-1);
    const next = last === undefined || data.length === older.length ? null : cursorOf(last);
    return Response.json({ data, next_before: next });
  }

  /** Sends rows of a channel to everyone who wants it. Returns the records. */
  send(channel: string, count = 1, given: WireRecord = {}): readonly WireRecord[] {
    const records = Array.from({ length: count }, () => ({ ...this.#make(channel), ...given }));
    const all = this.sent.get(channel) ?? [];
    all.push(...records);
    this.sent.set(channel, all);
    this.#toAll(channel, (subscription) => {
      const items = records.filter((record) => passes(record, subscription));
      const last = items.at(-1);
      if (last === undefined) return null;
      const watermark = cursorOf(last);
      return items.length === 1
        ? { op: "event", subscription, item: last, watermark }
        : { op: "events", subscription, items, watermark };
    });
    return records;
  }

  /** Keeps rows back as a server does with a slow reader, and says so. */
  drop(channel: string, count: number): void {
    const all = this.sent.get(channel) ?? [];
    const last = all.at(-1);
    const resume = last === undefined ? null : cursorOf(last);
    for (let i = 0; i < count; i++) all.push(this.#make(channel));
    this.sent.set(channel, all);
    this.#toAll(channel, (subscription) => ({
      op: "gap",
      channel,
      subscription,
      dropped: count,
      resume_cursor: resume,
    }));
  }

  /** Closes all sockets. */
  disconnect(code: number, reason: string): void {
    for (const socket of this.#sockets.keys()) socket.close(code, reason);
    this.#sockets.clear();
  }

  #toAll(channel: string, make: (subscription: LiveSubscription) => unknown): void {
    for (const [socket, subscriptions] of this.#sockets) {
      for (const subscription of subscriptions.values()) {
        if (subscription.channel !== channel) continue;
        const message = make(subscription);
        if (message !== null) this.#say(socket, message);
      }
    }
  }

  #onText(socket: WebSocket, text: string): void {
    const request = JSON.parse(text) as { op: string; subscriptions?: LiveSubscription[] };
    if (request.op === "ping") {
      return this.#say(socket, { op: "heartbeat", ts: Date.now(), channel_health: {} });
    }
    this.requests.push(request);
    const held = this.#sockets.get(socket);
    for (const { resume_after: after, ...subscription } of request.subscriptions ?? []) {
      const key = subscription.id ?? subscription.channel;
      if (request.op === "unsubscribe") {
        held?.delete(key);
        continue;
      }
      held?.set(key, subscription);
      const all = (this.sent.get(subscription.channel) ?? [])
        .filter((record) => passes(record, subscription));
      if (after !== undefined) {
        const items = all.filter((row) => isAfter(row, after));
        const last = items.at(-1);
        if (last !== undefined) {
          this.#say(socket, { op: "events", subscription, items, watermark: cursorOf(last) });
        }
        continue;
      }
      const items = all.slice(-(subscription.snapshot_limit ?? 100)).toReversed();
      const oldest = items.at(-1);
      const snapshot = {
        subscription,
        items,
        watermark: items[0] === undefined ? null : cursorOf(items[0]),
        next_before: oldest === undefined || items.length === all.length ? null : cursorOf(oldest),
      };
      this.#say(socket, { op: "snapshot", snapshot });
    }
  }

  #say(socket: WebSocket, message: unknown): void {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  }

  #make(channel: string): WireRecord {
    const seq = ++this.#seq;
    this.now = Math.max(this.now + 1, Date.now());
    const ts = this.now;
    const symbol = SYMBOLS[seq % SYMBOLS.length] ?? "SPY";
    const head = { source_ts: ts, ingest_ts: ts, seq, trace_id: `syn-${channel}-${seq}` };
    switch (channel) {
      case "options":
        return { ...head, ts, ...option(symbol, seq) };
      case "equities":
        return { ...head, ts, ...equity(symbol, seq) };
      case "smart-money":
        return { ...head, ...smart(symbol, seq) };
      case "flow":
        return { ...head, ...packet(symbol, seq, ts) };
      case "alerts":
        return { ...head, ...alert(symbol, seq) };
      default:
        return { ...head, ...dark(symbol, seq) };
    }
  }
}

function cursorOf(record: WireRecord): { ts: number; seq: number } {
  return { ts: Number(record["ts"] ?? record["source_ts"]), seq: Number(record["seq"]) };
}

function isAfter(record: WireRecord, at: { ts: number; seq: number }): boolean {
  const { ts, seq } = cursorOf(record);
  return ts > at.ts || (ts === at.ts && seq > at.seq);
}

function passes(record: WireRecord, subscription: LiveSubscription): boolean {
  const { filters, underlying_ids: symbols, option_contract_id: contract } = subscription;
  if (symbols !== undefined && !symbols.includes(String(record["underlying_id"]))) return false;
  if (contract !== undefined && record["option_contract_id"] !== contract) return false;
  if (filters?.side !== undefined && !filters.side.includes(String(record["nbbo_side"]))) {
    return false;
  }
  if (filters?.type !== undefined && !filters.type.includes(String(record["option_type"]))) {
    return false;
  }
  return Number(record["notional"] ?? Infinity) >= (filters?.min_notional ?? 0);
}

function contractOf(symbol: string, seq: number): string {
  const expiry = new Date(Date.now() + (1 + seq % 30) * 86_400_000).toISOString().slice(0, 10);
  return `${symbol}-${expiry}-${100 + seq % 50}-${seq % 2 === 0 ? "C" : "P"}`;
}

function option(symbol: string, seq: number): WireRecord {
  const price = 1 + (seq % 40) / 10;
  const size = 10 + (seq * 7) % 90;
  return {
    option_contract_id: contractOf(symbol, seq),
    underlying_id: symbol,
    option_type: seq % 2 === 0 ? "call" : "put",
    price,
    size,
    exchange: "CBOE",
    conditions: [],
    notional: price * size * 100,
    nbbo_side: SIDES[seq % SIDES.length],
    execution_iv: 0.2 + (seq % 30) / 100,
    execution_nbbo_bid: price - 0.05,
    execution_nbbo_ask: price + 0.05,
    execution_nbbo_age_ms: 120,
    execution_underlying_spot: 120 + (seq % 100) / 10,
    is_etf: symbol === "SPY" || symbol === "QQQ",
    signal_pass: true,
    signal_reasons: ["ask_side"],
  };
}

function equity(symbol: string, seq: number): WireRecord {
  const offExchangeFlag = seq % 3 === 0;
  return {
    underlying_id: symbol,
    price: 120 + (seq % 100) / 10,
    size: 100 + (seq * 13) % 900,
    exchange: offExchangeFlag ? "TRF" : "XNAS",
    offExchangeFlag,
    conditions: [],
  };
}

function scores(seq: number) {
  return PROFILES.map((profile_id, i) => ({
    profile_id: PROFILES[(seq + i) % PROFILES.length] ?? profile_id,
    probability: i === 0 ? 0.8 : 0.2 - i / 50,
    confidence_band: i === 0 ? "high" : "low",
    direction: seq % 2 === 0 ? "bullish" : "bearish",
    reasons: i === 0 ? ["large_parent_event"] : [],
  }));
}

function smart(symbol: string, seq: number): WireRecord {
  const contract = contractOf(symbol, seq);
  const abstained = seq % 4 === 0;
  return {
    event_id: `smartmoney:single_leg_event:${seq}`,
    packet_ids: [`flowpacket:${contract}:1:2`],
    member_print_ids: [],
    underlying_id: symbol,
    event_kind: "single_leg_event",
    event_window_ms: 500,
    features: {
      option_contract_id: contract,
      total_premium: 50_000 * (1 + seq % 9),
      total_size: 400,
      print_count: 6,
      dte_days: seq % 30,
    },
    profile_scores: scores(seq),
    primary_profile_id: abstained ? null : PROFILES[seq % PROFILES.length],
    primary_direction: abstained ? "unknown" : seq % 2 === 0 ? "bullish" : "bearish",
    abstained,
    suppressed_reasons: [],
  };
}

function packet(symbol: string, seq: number, ts: number): WireRecord {
  const contract = contractOf(symbol, seq);
  return {
    id: `flowpacket:${contract}:${ts - 400}:${ts}`,
    members: [],
    join_quality: {},
    features: {
      option_contract_id: contract,
      underlying_id: symbol,
      count: 4,
      total_size: 220,
      total_premium: 30_000 + seq * 10,
      start_ts: ts - 400,
      end_ts: ts,
      nbbo_coverage_ratio: 1,
      nbbo_aggressive_buy_ratio: 0.8,
      nbbo_aggressive_sell_ratio: 0.2,
      nbbo_stale_count: 0,
    },
  };
}

function alert(symbol: string, seq: number): WireRecord {
  const profile = PROFILES[seq % PROFILES.length];
  return {
    underlying_id: symbol,
    score: 60 + seq % 40,
    severity: seq % 2 === 0 ? "high" : "medium",
    hits: [{
      classifier_id: `smart_money_${profile}`,
      confidence: 0.8,
      direction: seq % 2 === 0 ? "bullish" : "bearish",
      explanations: ["large_parent_event"],
    }],
    evidence_refs: [],
    primary_profile_id: profile,
  };
}

function dark(symbol: string, seq: number): WireRecord {
  return {
    type: "absorbed_block",
    confidence: 0.7,
    underlying_id: symbol,
    evidence_refs: [`syn-ep-${seq}`],
    meta: { size: 4_000, price: 120 },
  };
}
