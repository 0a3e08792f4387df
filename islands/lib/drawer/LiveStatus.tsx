import type { ComponentChildren } from "preact";
import { activationIn, type ControlModel } from "./control_model.ts";
import { capitalised, PROFILES } from "./words.ts";

/** What the market makes of the control, as last seen. */
export function LiveStatus({ model }: { readonly model: ControlModel }) {
  const { status, confirmed } = model;
  const derived = status?.derived ?? null;
  const engine = status?.engine ?? null;
  const isStale = model.access.kind === "lost";
  return (
    <section class="drawer-section" data-stale={isStale ? "" : undefined}>
      <h3>
        Live status{isStale && <span class="drawer-mark">▲ stale</span>}
      </h3>
      <dl class="drawer-facts">
        <Fact name="Regime">
          {derived === null ? "no market runs" : capitalised(derived.regime)}
        </Fact>
        <Fact name="Session phase">
          {derived === null ? "–" : capitalised(derived.session_phase)}
        </Fact>
        <Fact name="Focus">
          {derived === null ? "–" : <span class="mono">{derived.focus_symbols.join(" ")}</span>}
        </Fact>
        <Fact name="Backend">
          {status === null ? "–" : (
            <>
              {capitalised(status.backend_mode)}
              <span class="note drawer-line">
                options {status.adapters.options}, equities {status.adapters.equities}
              </span>
            </>
          )}
        </Fact>
        <Fact name="Revision">
          <span class="mono">{confirmed?.revision ?? "–"}</span>
          <span class="note">
            <Activation model={model} />
          </span>
        </Fact>
      </dl>
      <table class="drawer-counts">
        <caption>
          Hits in {derived?.coverage_window_minutes ?? "–"} min
        </caption>
        <thead>
          <tr>
            <th scope="col">Profile</th>
            <th scope="col">generated</th>
            <th scope="col">classified</th>
          </tr>
        </thead>
        <tbody>
          {PROFILES.map(([id, text]) => (
            <tr key={id}>
              <th scope="row">{text}</th>
              <td class="mono">{engine?.generated_hit_counts?.[id] ?? "–"}</td>
              <td class="mono">{derived?.profile_hit_counts[id] ?? "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Activation({ model }: { model: ControlModel }) {
  const pendingMs = activationIn(model);
  if (pendingMs > 0) return <>in force in {Math.ceil(pendingMs / 1_000)} s</>;
  const inForce = model.status?.engine?.revision_in_force ?? null;
  const revision = model.confirmed?.revision;
  if (inForce === null || revision === undefined) return null;
  return inForce >= revision ? <>in force</> : <>market at {inForce}</>;
}
