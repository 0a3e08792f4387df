import { type Signal, signal } from "@preact/signals";
import { type LiveLink } from "../link/mod.ts";
import { numberOf, textOf, type Wire, wireOf } from "../socket/mod.ts";
import { type ClockHands, type SessionClock } from "../clock/mod.ts";

/** Speeds that the transport offers, multiples of recorded time. */
export const REPLAY_SPEEDS = [0.25, 0.5, 1, 2, 5, 10, 30, 60, 120] as const;

/** One minute of a replayed stretch, for the strip under the scrubber. */
export interface DensityMinute {
  readonly ts: number;
  /** Shares of SPY printed in it. */
  readonly volume: number;
}

/** An alert inside the replayed stretch. */
export interface AlertMark {
  readonly ts: number;
  readonly severity: string;
  readonly symbol: string;
}

/** How what a replay made again compares with what is stored. */
export interface ReplayAgreement {
  readonly matched: number;
  readonly mismatched: number;
  readonly message: string | null;
}

/** A request that the server refused; the message is for the reader. */
class TransportError extends Error {
  override readonly name = "TransportError";
  readonly code = "TRANSPORT";
}

async function ask(
  path: string,
  method: string,
  body?: unknown,
  secret?: string,
): Promise<Wire> {
  const response = await fetch(path, {
    method,
    headers: {
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(secret !== undefined && { "x-replay-secret": secret }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const wire = text === "" ? {} : wireOf(JSON.parse(text), "body");
  if (response.ok) return wire;
  const said = typeof wire["error"] === "string" ? wire["error"] : `status ${response.status}`;
  throw new TransportError(
    typeof wire["detail"] === "string" ? `${said}: ${wire["detail"]}` : said,
  );
}

function pathOf(id: string): string {
  return `/replay/sessions/${encodeURIComponent(id)}`;
}

function urlOf(path: string): string {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  return `${scheme}//${location.host}${path}`;
}

/** The page's hand on a replay session: it moves the one clock that all panes go by. */
export class ReplayTransport implements ClockHands {
  /** Id of the session that the panes follow; null while the page is live. */
  readonly id: Signal<string | null> = signal<string | null>(null);
  readonly isBusy: Signal<boolean> = signal(false);
  /** Where the last jump began, epoch ms of the tape; null when there was none, or it was cancelled. */
  readonly soughtFrom: Signal<number | null> = signal<number | null>(null);
  readonly error: Signal<string | null> = signal<string | null>(null);
  readonly density: Signal<readonly DensityMinute[]> = signal<readonly DensityMinute[]>([]);
  readonly alerts: Signal<readonly AlertMark[]> = signal<readonly AlertMark[]>([]);
  readonly agreement: Signal<ReplayAgreement | null> = signal<ReplayAgreement | null>(null);
  readonly #link: LiveLink;
  readonly #clock: SessionClock;
  /** What the server told the opener of the session alone. */
  #secret = "";

  constructor(link: LiveLink, clock: SessionClock) {
    this.#link = link;
    this.#clock = clock;
  }

  /** Plays the last `minutes` of the stored tape. */
  async open(minutes: number, speed: number): Promise<void> {
    const endTs = Math.floor(this.#clock.now() / 1_000) * 1_000 - 5_000;
    const startTs = endTs - minutes * 60_000;
    await this.#run(async () => {
      const before = this.id.value;
      const secretBefore = this.#secret;
      const session = await ask("/replay/sessions", "POST", {
        start_ts: startTs,
        end_ts: endTs,
        speed,
      });
      const id = textOf(session, "id");
      this.id.value = id;
      this.#secret = textOf(session, "secret");
      this.soughtFrom.value = null;
      this.density.value = [];
      this.alerts.value = [];
      const query = new URLSearchParams({ secret: this.#secret });
      this.#clock.enterReplay(this, startTs);
      this.#link.switchTo(urlOf(`/ws/replay/${encodeURIComponent(id)}?${query}`));
      if (before !== null) await this.#end(before, secretBefore);
      await this.#survey(startTs, endTs);
    });
  }

  /** Goes back to the living tape. */
  async live(): Promise<void> {
    const id = this.id.value;
    if (id === null) return;
    this.id.value = null;
    this.agreement.value = null;
    this.error.value = null;
    this.#clock.leaveReplay();
    this.#link.switchTo(urlOf("/ws/live"));
    await this.#end(id, this.#secret);
  }

  async play(): Promise<void> {
    await this.#patch({ paused: false });
  }

  async pause(): Promise<void> {
    await this.#patch({ paused: true });
  }

  async setSpeed(speed: number): Promise<void> {
    await this.#patch({ speed });
  }

  async seek(ts: number): Promise<void> {
    const isUnderWay = this.#clock.reading.peek()?.phase === "warming";
    // A jump out of a jump began where the first one did.
    if (!isUnderWay || this.soughtFrom.peek() === null) this.soughtFrom.value = this.#clock.now();
    await this.#patch({ seek_ts: ts });
  }

  /** Gives up a jump that is under way: back to where it began. */
  async cancelSeek(): Promise<void> {
    const from = this.soughtFrom.peek();
    if (from === null) return;
    this.soughtFrom.value = null;
    await this.#patch({ seek_ts: Math.round(from) });
  }

  async step(ms: number): Promise<void> {
    await this.#patch({ paused: true, step_ms: ms });
  }

  /** Jumps to a little before the next alert, or the one before. */
  async toAlert(direction: 1 | -1): Promise<void> {
    const now = this.#clock.now();
    const marks = this.alerts.value;
    const found = direction === 1
      ? marks.find(({ ts }) => ts > now + ALERT_LEAD_MS + 500)
      : marks.findLast(({ ts }) => ts < now - 500);
    if (found === undefined) {
      this.error.value = direction === 1 ? "No later alert here" : "No earlier alert here";
      return;
    }
    await this.#clock.seek(found.ts - ALERT_LEAD_MS);
  }

  /** Asks how what was made again compares with what is stored. */
  async refresh(): Promise<void> {
    const id = this.id.value;
    if (id === null) return;
    try {
      const wire = await ask(pathOf(id), "GET", undefined, this.#secret);
      const message = wire["message"];
      this.agreement.value = {
        matched: numberOf(wire, "matched"),
        mismatched: numberOf(wire, "mismatched"),
        message: typeof message === "string" ? message : null,
      };
    } catch (cause) {
      this.error.value = cause instanceof Error ? cause.message : String(cause);
    }
  }

  async #patch(change: Readonly<Record<string, unknown>>): Promise<void> {
    const id = this.id.value;
    if (id === null) return;
    await this.#run(async () => {
      await ask(pathOf(id), "PATCH", change, this.#secret);
    });
  }

  async #end(id: string, secret: string): Promise<void> {
    try {
      await ask(pathOf(id), "DELETE", undefined, secret);
    } catch {
      // The server ends a session that nobody follows by itself.
    }
  }

  async #survey(startTs: number, endTs: number): Promise<void> {
    const range = new URLSearchParams({
      underlying_id: "SPY",
      interval_ms: "60000",
      start_ts: `${startTs}`,
      end_ts: `${endTs}`,
      limit: "1440",
    });
    const page = new URLSearchParams({ before_ts: `${endTs}`, before_seq: "0", limit: "1000" });
    const [candles, alerts] = await Promise.all([
      ask(`/candles/equities?${range}`, "GET"),
      ask(`/history/alerts?${page}`, "GET"),
    ]);
    this.density.value = rows(candles).map((row) => ({
      ts: numberOf(row, "ts"),
      volume: numberOf(row, "volume"),
    })).toSorted((a, b) => a.ts - b.ts);
    this.alerts.value = rows(alerts).map((row) => ({
      ts: numberOf(row, "source_ts"),
      severity: textOf(row, "severity"),
      symbol: textOf(row, "underlying_id"),
    })).filter(({ ts }) => ts >= startTs).toSorted((a, b) => a.ts - b.ts);
  }

  async #run(work: () => Promise<void>): Promise<void> {
    this.isBusy.value = true;
    this.error.value = null;
    try {
      await work();
    } catch (cause) {
      this.error.value = cause instanceof Error ? cause.message : String(cause);
    } finally {
      this.isBusy.value = false;
    }
  }
}

/** How long before an alert a jump to it lands, ms. */
const ALERT_LEAD_MS = 3_000;

function rows(body: Wire): readonly Wire[] {
  const { data } = body as { data?: unknown };
  return Array.isArray(data) ? data.map((row) => wireOf(row, "row")) : [];
}
