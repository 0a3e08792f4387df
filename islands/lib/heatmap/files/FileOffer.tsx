import { useRef, useState } from "preact/hooks";

/** What becomes of a file that somebody gave. */
type Sending =
  | { readonly kind: "idle" }
  | { readonly kind: "sending"; readonly name: string; readonly share: number }
  | { readonly kind: "refused"; readonly why: string };

/** What an offer is made with. */
export interface FileOfferProps {
  /** What the button says. */
  readonly label: string;
  /** Opens a file that the server has. @throws {Error} With the reason for people. */
  readonly onSent: (name: string) => void | Promise<void>;
}

/** Takes a market file, dropped on it or picked, and sends it to the server; its code comes when it is needed. */
export function FileOffer({ label, onSent }: FileOfferProps) {
  const [sending, setSending] = useState<Sending>({ kind: "idle" });
  const [isOver, setOver] = useState(false);
  const stop = useRef<AbortController | null>(null);
  const take = async (file: File | undefined) => {
    if (file === undefined || sending.kind === "sending") return;
    const { name } = file;
    if (!/\.dbn(\.zst)?$/.test(name)) {
      return setSending({ kind: "refused", why: `"${name}" is no .dbn or .dbn.zst file` });
    }
    stop.current = new AbortController();
    setSending({ kind: "sending", name, share: 0 });
    try {
      const { sendFile } = await import("./send_file.ts");
      const onShare = (share: number) => setSending({ kind: "sending", name, share });
      await onSent(await sendFile(file, onShare, stop.current.signal));
      setSending({ kind: "idle" });
    } catch (error) {
      setSending({ kind: "refused", why: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <span
      class="file-offer"
      data-over={isOver ? "" : undefined}
      onDragOver={(event) => {
        if (!(event.dataTransfer?.types.includes("Files") ?? false)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void take(event.dataTransfer?.files[0]);
      }}
    >
      <label class="file-button">
        {label}
        <input
          type="file"
          class="sr"
          accept=".dbn,.zst"
          disabled={sending.kind === "sending"}
          onChange={(event) => {
            const input = event.currentTarget;
            void take(input.files?.[0]);
            input.value = ""; // the same file may be tried again
          }}
        />
      </label>
      <Told sending={sending} onCancel={() => stop.current?.abort()} />
    </span>
  );
}

function Told({ sending, onCancel }: { readonly sending: Sending; readonly onCancel: () => void }) {
  if (sending.kind === "refused") {
    return <span class="file-told error-text" role="alert">{sending.why}</span>;
  }
  if (sending.kind === "idle") return null;
  const { name, share } = sending;
  const text = share < 1 ? `Sending ${name}, ${Math.floor(100 * share)} %` : `Opening ${name}…`;
  return (
    <span class="file-told" role="status">
      <progress max={1} value={share} aria-label={`Sending ${name}`} />
      <span class="mono">{text}</span>
      {share < 1 && <button type="button" onClick={onCancel}>Cancel</button>}
    </span>
  );
}

/** Replays a file that the server has, and shows it. @throws {Error} With the server's reason. */
export async function openInHeatmap(name: string): Promise<void> {
  const { openFile } = await import("./send_file.ts");
  await openFile(name);
  location.assign("/heatmap");
}
