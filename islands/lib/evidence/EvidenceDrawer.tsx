import { useEffect, useRef, useState } from "preact/hooks";
import { exchangeClock, exchangeDate } from "../text/mod.ts";
import { PROBABILITY_TITLE, profileText, SCORE_TITLE, scoreText } from "../tape/columns/mod.ts";
import type { Desk, EvidenceRef } from "../pane/mod.ts";
import { SYNTHETIC_MAP } from "../../../engine/flow/mod.ts";
import { EVIDENCE_TITLES } from "./evidence_link.ts";
import { contractsOf, type Lineage } from "./lineage.ts";
import { loadLineage } from "./load.ts";
import { MicroChart } from "./MicroChart.tsx";
import { scoreSentence } from "./Reliability.tsx";
import { Scores } from "./Scores.tsx";
import { FeatureTable, JoinTable, PrintTable } from "./Tables.tsx";
import { counted, usd, words } from "./words.ts";

/** What the drawer knows of its reference. */
type Loaded =
  | { readonly kind: "loading" }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "ready"; readonly lineage: Lineage };

/** Where a finding came from, down to single prints and the quotes of the time. Not modal. */
export function EvidenceDrawer(
  { desk, evidence }: { readonly desk: Desk; readonly evidence: EvidenceRef },
) {
  const [loaded, setLoaded] = useState<Loaded>({ kind: "loading" });
  const [attempt, setAttempt] = useState(0);
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const abort = new AbortController();
    setLoaded({ kind: "loading" });
    loadLineage(evidence, abort.signal).then(
      (lineage) => setLoaded({ kind: "ready", lineage }),
      (cause) => {
        if (abort.signal.aborted) return;
        const message = cause instanceof Error ? cause.message : String(cause);
        setLoaded({ kind: "failed", message });
      },
    );
    return () => abort.abort();
  }, [attempt]);
  useEffect(() => {
    const before = document.activeElement;
    close.current?.focus({ preventScroll: true });
    // The keyboard goes back to the row that was asked about, unless it has gone elsewhere since.
    return () => {
      const now = document.activeElement;
      const isLost = now === null || now === document.body || now.closest(".evidence") !== null;
      if (isLost && before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <aside class="evidence" aria-label="Evidence" data-state={loaded.kind}>
      <header>
        <h2>
          {EVIDENCE_TITLES[evidence.kind]} <span class="mono">{evidence.symbol}</span>
        </h2>
        <span class="mono note" title={new Date(evidence.ts).toISOString()}>
          {exchangeDate(evidence.ts)} {exchangeClock(evidence.ts, true)} ET
        </span>
        <span class="grow" />
        <button
          ref={close}
          type="button"
          class="tool"
          aria-label="Close evidence"
          title="Close (Esc)"
          onClick={() => desk.closeEvidence()}
        >
          ✕
        </button>
      </header>
      <div class="evidence-body">
        {loaded.kind === "loading" && <Waiting />}
        {loaded.kind === "failed" && (
          <div class="state" role="alert">
            <p>Cannot load this evidence: {loaded.message}</p>
            <button type="button" onClick={() => setAttempt(attempt + 1)}>Try again</button>
          </div>
        )}
        {loaded.kind === "ready" && (
          <Body
            evidence={evidence}
            lineage={loaded.lineage}
            retry={() => setAttempt(attempt + 1)}
          />
        )}
      </div>
    </aside>
  );
}

function Waiting() {
  return (
    <div class="waiting" role="status">
      <span class="sr">Loading the evidence</span>
      {[64, 140, 132, 200].map((height) => (
        <div key={height} class="skeleton" style={{ height: `${height}px` }} />
      ))}
    </div>
  );
}

interface BodyProps {
  readonly evidence: EvidenceRef;
  readonly lineage: Lineage;
  readonly retry: () => void;
}

function Body({ evidence, lineage, retry }: BodyProps) {
  const { event, packets, prints, quotes, joins, unresolved } = lineage;
  const [packet = null] = packets;
  return (
    <>
      <Summary evidence={evidence} lineage={lineage} />
      {event !== null && <Scores event={event} packet={packet} />}
      {prints.length > 0 && (
        <section aria-label="Prints and quotes">
          <h3>Prints against the quotes of the time</h3>
          <p class="note legend">
            <span class="band-key" />{" "}
            bid to ask · ▲ bought · ▼ sold · ◆ inside · line: underlying mid
          </p>
          {contractsOf(lineage).slice(0, 4).map((contract) => (
            <MicroChart
              key={contract}
              contract={contract}
              prints={prints.filter((print) => print.option_contract_id === contract)}
              quotes={quotes.filter((quote) => quote.option_contract_id === contract)}
            />
          ))}
          <details>
            <summary>All {counted(prints.length, "print")}</summary>
            <PrintTable prints={prints} />
          </details>
        </section>
      )}
      {joins.length > 0 && (
        <section aria-label="Share prints">
          <h3>Share prints and their quotes</h3>
          <JoinTable joins={joins} />
        </section>
      )}
      {packets.length > 0 && (
        <section aria-label="Packets">
          <h3>{packets.length === 1 ? "Packet" : "Packets"}</h3>
          <ul class="tree">
            {packets.map(({ id, members, features }) => (
              <li key={id}>
                <span class="mono">{id}</span>
                <span class="note">
                  {counted(members.length, "print")}, {usd(Number(features["total_premium"] ?? 0))}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {event !== null && (
        <details>
          <summary>All {Object.keys(event.features).length} features</summary>
          <FeatureTable event={event} />
        </details>
      )}
      {unresolved.length > 0 && (
        <section class="unresolved" aria-label="Missing evidence">
          <h3>Could not be resolved</h3>
          <ul>
            {unresolved.map(({ what, why }) => <li key={what}>{what}: {why}</li>)}
          </ul>
          <button type="button" onClick={retry}>Try again</button>
        </section>
      )}
      <Raw evidence={evidence} lineage={lineage} />
    </>
  );
}

function Summary({ evidence, lineage }: Omit<BodyProps, "retry">) {
  const { event, dark } = lineage;
  if (event !== null) {
    const best = event.profile_scores.find((one) => one.profile_id === event.primary_profile_id);
    return (
      <section class="summary">
        <p class="verdict">
          <strong>{profileText(event.primary_profile_id)}</strong>{" "}
          <span data-direction={event.primary_direction}>{event.primary_direction}</span>
        </p>
        {best !== undefined && (
          <p
            class="mono certainty"
            title={event.probability === null ? SCORE_TITLE : PROBABILITY_TITLE}
          >
            {scoreSentence(SYNTHETIC_MAP, best.score, event.probability)}
          </p>
        )}
        <p class="mono">
          {usd(Number(event.features["total_premium"] ?? 0))} premium ·{" "}
          {String(event.features["total_size"])} contracts · {counted(
            event.member_print_ids.length,
            "print",
          )}
          {event.event_window_ms > 0 && ` in ${event.event_window_ms} ms`}
        </p>
        {best !== undefined && best.reasons.length > 0 && (
          <ul class="reasons">
            {best.reasons.map((reason) => <li key={reason}>{words(reason)}</li>)}
          </ul>
        )}
      </section>
    );
  }
  if (evidence.kind === "dark") {
    return (
      <section class="summary">
        <p class="verdict">
          <strong>{words(dark?.type ?? "inferred off-exchange")}</strong>
          {dark !== null && <span class="mono">score {scoreText(dark.confidence)}</span>}
        </p>
        <p class="note">
          Inferred from prints off exchange against the quotes of the time. It names no buyer.
        </p>
      </section>
    );
  }
  return (
    <section class="summary">
      <p class="note">
        {evidence.kind === "packet" || evidence.kind === "print"
          ? "No event came of it: it stayed below the gate, or is still under way."
          : "The record behind this row is all there is."}
      </p>
    </section>
  );
}

/** The records as they are stored, to copy. */
function Raw({ evidence, lineage }: Omit<BodyProps, "retry">) {
  const [said, say] = useState("");
  const text = () => {
    const { event, packets } = lineage;
    return JSON.stringify(event ?? packets[0] ?? evidence.row ?? evidence, null, 2);
  };
  const copy = async (what: string, value: string) => {
    try {
      await navigator.clipboard.writeText(value);
      say(`${what} copied`);
    } catch {
      say("The browser does not allow to copy");
    }
  };
  const link = () => {
    const url = new URL(location.href);
    const { kind, id, symbol, ts } = evidence;
    url.searchParams.set("evidence", [kind, symbol, ts, id].join("~"));
    return url.href;
  };
  return (
    <footer class="raw">
      <button type="button" onClick={() => copy("Record", text())}>Copy JSON</button>
      <button type="button" onClick={() => copy("Link", link())}>Copy link</button>
      <span class="note" role="status">{said}</span>
    </footer>
  );
}
