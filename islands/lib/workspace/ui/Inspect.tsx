import { useEffect, useRef } from "preact/hooks";
import { exchangeClock, exchangeDate } from "../../exchange_time.ts";
import type { Workspace } from "../workspace.ts";

/** What a row says in full, beside the panes, which stay in use. */
export function Inspect({ workspace }: { readonly workspace: Workspace }) {
  const isOpen = workspace.overlays.value.includes("evidence");
  const ref = workspace.evidence.value;
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isOpen) box.current?.scrollTo(0, 0);
  }, [ref]);
  if (!isOpen || ref === null) return null;
  const record = ref.row as Readonly<Record<string, unknown>> | undefined;
  const copy = () =>
    navigator.clipboard.writeText(JSON.stringify(record ?? ref, null, 2)).then(
      () => workspace.notice.value = { text: "Copied as JSON." },
      () => workspace.notice.value = { text: "The browser refused the clipboard." },
    );
  return (
    <aside class="inspect" ref={box} aria-label={`Evidence of ${ref.symbol}`}>
      <div class="pane-head">
        <h2>{ref.symbol}</h2>
        <span class="mono">{`${exchangeDate(ref.ts)} ${exchangeClock(ref.ts, true)} ET`}</span>
        <span class="grow" />
        <button type="button" onClick={copy}>Copy JSON</button>
        <button
          type="button"
          class="tool"
          aria-label="Close the evidence"
          onClick={() => workspace.shut("evidence")}
        >
          ×
        </button>
      </div>
      <dl class="pairs">
        {Object.entries(record ?? { ...ref }).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="mono">
              {value === null
                ? "–"
                : typeof value === "object"
                ? JSON.stringify(value)
                : String(value)}
            </dd>
          </div>
        ))}
      </dl>
    </aside>
  );
}
