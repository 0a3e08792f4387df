import { useEffect, useRef } from "preact/hooks";
import type { PressureModel } from "../../../modules/control/contract.ts";
import { percent, signed } from "../format.ts";
import type { Terminal } from "../terminal.ts";

const MODELS: readonly PressureModel[] = ["complete", "compat"];

/** A bar from −1 to +1 with its zero in the middle. The width is set from script: no style attribute. */
function Gauge({ value, faint }: { readonly value: number; readonly faint: boolean }) {
  const bar = useRef<HTMLSpanElement>(null);
  const share = Math.max(-1, Math.min(1, value));
  useEffect(() => {
    const style = bar.current!.style;
    style.left = `${share < 0 ? 50 + 50 * share : 50}%`;
    style.width = `${Math.abs(share) * 50}%`;
  }, [share]);
  return (
    <span class={faint ? "gauge faint" : "gauge"} data-sign={Math.sign(value)} aria-hidden="true">
      <span ref={bar} />
    </span>
  );
}

function Signal(
  { name, title, value, warm }: {
    readonly name: string;
    readonly title: string;
    readonly value: number;
    readonly warm: boolean;
  },
) {
  return (
    <div class="signal">
      <abbr title={title}>{name}</abbr>
      <Gauge value={value} faint={!warm} />
      <span class="value mono">{signed(value, 2)}</span>
      <span class={warm ? "warmth" : "warmth cold"}>{warm ? "warm" : "warming"}</span>
    </div>
  );
}

/** Directional signals with their warm-up, and the model behind them. */
export function SignalPanel({ terminal }: { readonly terminal: Terminal }) {
  const { state } = terminal;
  state.beat.value;
  const reading = terminal.history?.signals.reading ?? null;
  const composite = reading?.composite ?? 0;
  return (
    <div class="signals">
      <section class="composite">
        <h3>Composite</h3>
        <p class="big mono">{reading === null ? "–" : signed(composite, 3)}</p>
        <p class="lean">{lean(composite, reading?.warmth ?? 0)}</p>
        <Gauge value={composite} faint={(reading?.warmth ?? 0) < 1} />
        <p class="note">Warm-up {percent(reading?.warmth ?? 0)} · + bullish, − bearish</p>
      </section>
      <section>
        <h3>Signals</h3>
        <Signal
          name="ADS"
          title="Asymmetric derivative slope of adding and pulling, bid against ask"
          value={reading?.ads ?? 0}
          warm={reading?.adsWarm ?? false}
        />
        <Signal
          name="PFP"
          title="Pressure front propagation from the inner to the outer book"
          value={reading?.pfp ?? 0}
          warm={reading?.pfpWarm ?? false}
        />
        <Signal
          name="SVac"
          title="Spatial vacuum asymmetry above and below spot"
          value={reading?.svac ?? 0}
          warm={reading?.svacWarm ?? false}
        />
      </section>
      <Engine terminal={terminal} />
    </div>
  );
}

function lean(composite: number, warmth: number): string {
  if (warmth === 0) return "warming up";
  if (composite > 0.1) return "▲ leans up";
  if (composite < -0.1) return "▼ leans down";
  return "■ balanced";
}

/** Which arithmetic runs, and how much of the flow it sees. */
function Engine({ terminal }: { readonly terminal: Terminal }) {
  const feed = terminal.state.feed.value;
  return (
    <section class="engine">
      <h3>Engine</h3>
      <div class="segments" role="radiogroup" aria-label="Pressure model">
        {MODELS.map((model) => (
          <button
            key={model}
            type="button"
            role="radio"
            aria-checked={feed?.model === model}
            disabled={feed === null}
            title={model === "complete"
              ? "Corrected arithmetic"
              : "Number by number as the original, omissions included"}
            onClick={() => void terminal.command({ op: "model", model })}
          >
            {model === "complete" ? "Complete" : "Compat"}
          </button>
        ))}
      </div>
      <dl class="coverage">
        {(["add", "pull", "fill"] as const).map((flow) => (
          <div key={flow}>
            <dt>{flow}</dt>
            <dd class="mono">{feed === null ? "–" : percent(feed.coverage[flow])}</dd>
          </div>
        ))}
      </dl>
      <p class="note">Share of quantity that the velocities see</p>
    </section>
  );
}
