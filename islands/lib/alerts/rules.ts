import type { AlertRow } from "../tape/mod.ts";

/** A rule of the reader: alerts that meet all of it ring. Empty and zero parts ask nothing. */
export interface AlertRule {
  readonly name: string;
  readonly profile: string | null;
  readonly symbols: readonly string[];
  /** USD. */
  readonly minPremium: number;
  /** Least score of the profile, 0…1. */
  readonly minScore: number;
  readonly severity: "low" | "medium" | "high";
  readonly isOn: boolean;
}

const RANK = { low: 0, medium: 1, high: 2 } as const;

/** True when an alert meets a rule. A premium that is not known does not meet a least premium. */
export function meets(rule: AlertRule, alert: AlertRow, premium: number | null): boolean {
  return rule.isOn &&
    (rule.profile === null || rule.profile === alert.profile) &&
    (rule.symbols.length === 0 || rule.symbols.includes(alert.symbol)) &&
    (rule.minPremium <= 0 || (premium !== null && premium >= rule.minPremium)) &&
    alert.match >= rule.minScore &&
    RANK[alert.severity] >= RANK[rule.severity];
}

/** Reads rules that were stored; what is no rule is left out. */
export function readRules(value: unknown): readonly AlertRule[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, 32).flatMap((item: unknown) => {
    if (typeof item !== "object" || item === null) return [];
    const rule = item as Readonly<Record<string, unknown>>;
    const { name, profile, symbols, minPremium, severity, isOn } = rule;
    // Older releases stored it under another name.
    const minScore = rule["minScore"] ?? rule["minProbability"];
    if (typeof name !== "string" || !Array.isArray(symbols)) return [];
    if (severity !== "low" && severity !== "medium" && severity !== "high") return [];
    return [{
      name,
      profile: typeof profile === "string" ? profile : null,
      symbols: symbols.filter((symbol): symbol is string => typeof symbol === "string"),
      minPremium: typeof minPremium === "number" ? minPremium : 0,
      minScore: typeof minScore === "number" ? minScore : 0,
      severity,
      isOn: isOn !== false,
    }];
  });
}
