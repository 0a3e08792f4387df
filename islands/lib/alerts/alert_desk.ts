import { type Signal, signal } from "@preact/signals";
import type { AlertRow } from "../tape/mod.ts";
import { type AlertRule, meets, readRules } from "./rules.ts";

/** A rule that rang, for the audit. */
export interface FiredRule {
  readonly rule: string;
  readonly alertId: string;
  readonly symbol: string;
  /** Event time of the alert, epoch ms. */
  readonly ts: number;
}

/** No alerts of a symbol and profile until then. */
export interface Mute {
  readonly symbol: string;
  readonly profile: string;
  /** Epoch ms. */
  readonly untilMs: number;
}

/** What the reader did with an alert. */
export type AlertState = "new" | "acknowledged" | "muted";

const MEMORY = "lotus.alerts";
const KEPT_ACKS = 1_000;
const KEPT_FIRED = 200;
/** How long a mute lasts. */
export const MUTE_MS = 15 * 60_000;

/** Where texts are kept between visits; the browser's storage on the page. */
export interface TextStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** How the reader is called; off until asked for. */
export interface Bells {
  readonly sound: boolean;
  readonly desktop: boolean;
}

/** Acknowledgements, mutes and rules over the alerts of the classifier. */
export class AlertDesk {
  /** Counts up with every change that rows show. */
  readonly version: Signal<number> = signal(0);
  readonly rules: Signal<readonly AlertRule[]> = signal<readonly AlertRule[]>([]);
  readonly mutes: Signal<readonly Mute[]> = signal<readonly Mute[]>([]);
  readonly fired: Signal<readonly FiredRule[]> = signal<readonly FiredRule[]>([]);
  readonly bells: Signal<Bells> = signal<Bells>({ sound: false, desktop: false });
  readonly #acks = new Set<string>();
  readonly #rang = new Map<string, string>();
  readonly #store: TextStore | null;

  /** @param store Null: nothing is remembered. */
  constructor(store: TextStore | null) {
    this.#store = store;
    this.#read();
  }

  /** What the reader did with an alert. @param nowMs Epoch ms. */
  stateOf(alert: AlertRow, nowMs: number): AlertState {
    if (this.#acks.has(alert.id)) return "acknowledged";
    const isMuted = this.mutes.peek().some(({ symbol, profile, untilMs }) =>
      symbol === alert.symbol && profile === alert.profile && alert.ts < untilMs && untilMs > nowMs
    );
    return isMuted ? "muted" : "new";
  }

  /** Name of the rule that an alert rang, or null. */
  rangBy(alert: AlertRow): string | null {
    return this.#rang.get(alert.id) ?? null;
  }

  toggleAck(id: string): void {
    if (!this.#acks.delete(id)) this.#acks.add(id);
    this.#changed();
  }

  acknowledge(ids: Iterable<string>): void {
    for (const id of ids) this.#acks.add(id);
    this.#changed();
  }

  /** Silences a symbol's profile for a while; once more lets it be heard again. */
  toggleMute(symbol: string, profile: string, nowMs: number): void {
    const others = this.mutes.value.filter((mute) =>
      mute.untilMs > nowMs && !(mute.symbol === symbol && mute.profile === profile)
    );
    const was = this.mutes.value.some((mute) =>
      mute.symbol === symbol && mute.profile === profile && mute.untilMs > nowMs
    );
    const untilMs = nowMs + MUTE_MS;
    this.mutes.value = was ? others : [...others, { symbol, profile, untilMs }];
    this.#changed();
  }

  setRules(rules: readonly AlertRule[]): void {
    this.rules.value = rules;
    this.#changed();
  }

  setBells(bells: Bells): void {
    this.bells.value = bells;
    this.#changed();
  }

  /**
   * Tries new alerts against the rules and writes the audit.
   *
   * @param premiumOf Premium of the alert's event when it is known, USD.
   * @returns The alerts that rang.
   */
  take(
    alerts: readonly AlertRow[],
    premiumOf: (alert: AlertRow) => number | null,
    nowMs: number,
  ): readonly FiredRule[] {
    const fired: FiredRule[] = [];
    for (const alert of alerts) {
      if (this.stateOf(alert, nowMs) !== "new") continue;
      const rule = this.rules.peek().find((rule) => meets(rule, alert, premiumOf(alert)));
      if (rule === undefined || this.#rang.has(alert.id)) continue;
      this.#rang.set(alert.id, rule.name);
      fired.push({ rule: rule.name, alertId: alert.id, symbol: alert.symbol, ts: alert.ts });
    }
    for (const id of this.#rang.keys()) {
      if (this.#rang.size <= KEPT_FIRED * 2) break;
      this.#rang.delete(id);
    }
    if (fired.length > 0) {
      this.fired.value = [...fired.toReversed(), ...this.fired.value].slice(0, KEPT_FIRED);
      this.#changed();
    }
    return fired;
  }

  #changed(): void {
    this.version.value++;
    for (const id of this.#acks) {
      if (this.#acks.size <= KEPT_ACKS) break;
      this.#acks.delete(id);
    }
    try {
      this.#store?.setItem(
        MEMORY,
        JSON.stringify({
          acks: [...this.#acks],
          mutes: this.mutes.value,
          rules: this.rules.value,
          fired: this.fired.value,
          bells: this.bells.value,
        }),
      );
    } catch {
      // full or refused: it lasts as long as the page
    }
  }

  #read(): void {
    let value: unknown = null;
    try {
      value = JSON.parse(this.#store?.getItem(MEMORY) ?? "null");
    } catch {
      return; // refused or damaged: as if it were the first visit
    }
    if (typeof value !== "object" || value === null) return;
    const { acks, mutes, rules, fired, bells } = value as Readonly<Record<string, unknown>>;
    for (const id of listOf(acks)) if (typeof id === "string") this.#acks.add(id);
    this.mutes.value = listOf(mutes).filter(isMute);
    this.rules.value = readRules(rules);
    this.fired.value = listOf(fired).filter(isFired);
    const said = (bells ?? {}) as Readonly<Record<string, unknown>>;
    this.bells.value = { sound: said["sound"] === true, desktop: said["desktop"] === true };
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isMute(value: unknown): value is Mute {
  const mute = value as Partial<Mute> | null;
  return typeof mute?.symbol === "string" && typeof mute.profile === "string" &&
    typeof mute.untilMs === "number";
}

function isFired(value: unknown): value is FiredRule {
  const fired = value as Partial<FiredRule> | null;
  return typeof fired?.rule === "string" && typeof fired.alertId === "string" &&
    typeof fired.symbol === "string" && typeof fired.ts === "number";
}
