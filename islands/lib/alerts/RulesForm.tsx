import { useState } from "preact/hooks";
import { exchangeClock, readSymbols } from "../text/mod.ts";
import { Check } from "../pane/mod.ts";
import { PROFILE_TEXT } from "../tape/columns/mod.ts";
import type { AlertDesk } from "./alert_desk.ts";
import { askForNotices } from "./bell.ts";
import type { AlertRule } from "./rules.ts";

/** Rules of the reader, how they ring, and what rang. */
export function RulesForm({ desk }: { readonly desk: AlertDesk }) {
  const { rules, bells, fired } = desk;
  const [refused, setRefused] = useState(false);
  const setDesktop = async (isOn: boolean) => {
    const allowed = !isOn || await askForNotices();
    setRefused(!allowed);
    desk.setBells({ ...bells.value, desktop: isOn && allowed });
  };
  return (
    <div class="rules" role="group" aria-label="Alert rules">
      <div class="fields">
        <Check
          label="Sound"
          isOn={bells.value.sound}
          set={(sound) => desk.setBells({ ...bells.value, sound })}
        />
        <Check
          label="Desktop notice"
          isOn={bells.value.desktop}
          set={(on) => void setDesktop(on)}
        />
        {refused && <span class="note">The browser does not allow notices for this page.</span>}
      </div>
      <ul>
        {rules.value.map((rule, i) => (
          <li key={`${rule.name}-${i}`}>
            <Check
              label={ruleText(rule)}
              isOn={rule.isOn}
              set={(isOn) =>
                desk.setRules(rules.value.map((other, k) => k === i ? { ...rule, isOn } : other))}
            />
            <button
              type="button"
              class="tool"
              aria-label={`Remove the rule ${rule.name}`}
              onClick={() => desk.setRules(rules.value.filter((_, k) => k !== i))}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <NewRule add={(rule) => desk.setRules([...rules.value, rule])} />
      {fired.value.length > 0 && (
        <details>
          <summary>{`Rang ${fired.value.length} times`}</summary>
          <ol class="mono">
            {fired.value.slice(0, 20).map((item) => (
              <li key={item.alertId}>
                {`${exchangeClock(item.ts)} ${item.symbol} · ${item.rule}`}
              </li>
            ))}
          </ol>
        </details>
      )}
    </div>
  );
}

function ruleText(rule: AlertRule): string {
  const parts = [
    rule.profile === null ? "any profile" : PROFILE_TEXT[rule.profile] ?? rule.profile,
    rule.symbols.length === 0 ? "any symbol" : rule.symbols.join(", "),
    rule.minPremium > 0 ? `≥ ${rule.minPremium / 1e3}k` : "",
    rule.minScore > 0 ? `score ≥ ${rule.minScore.toFixed(2)}` : "",
    `from ${rule.severity}`,
  ];
  return `${rule.name}: ${parts.filter((part) => part !== "").join(", ")}`;
}

function NewRule({ add }: { readonly add: (rule: AlertRule) => void }) {
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    const text = (name: string) => String(data.get(name) ?? "");
    const severity = text("severity");
    add({
      name: text("name").trim() || "Rule",
      profile: text("profile") === "" ? null : text("profile"),
      symbols: readSymbols(text("symbols")),
      minPremium: Math.max(0, Number(text("premium")) || 0),
      minScore: Math.min(1, Math.max(0, Number(text("score")) || 0)),
      severity: severity === "high" || severity === "medium" ? severity : "low",
      isOn: true,
    });
    form.reset();
  };
  return (
    <form class="fields" onSubmit={onSubmit}>
      <input name="name" aria-label="Name of the rule" placeholder="Name" maxLength={40} />
      <select name="profile" aria-label="Profile">
        <option value="">Any profile</option>
        {Object.entries(PROFILE_TEXT).map(([id, text]) => (
          <option key={id} value={id}>{text}</option>
        ))}
      </select>
      <input name="symbols" aria-label="Symbols" placeholder="Symbols" />
      <input
        name="premium"
        type="number"
        min="0"
        aria-label="Least premium, USD"
        placeholder="≥ USD"
      />
      <input
        name="score"
        type="number"
        min="0"
        max="1"
        step="0.01"
        aria-label="Least score of the profile, 0 to 1"
        placeholder="score ≥"
      />
      <select name="severity" aria-label="Severity">
        <option value="low">From low</option>
        <option value="medium">From medium</option>
        <option value="high">High only</option>
      </select>
      <button type="submit">Add rule</button>
    </form>
  );
}
