import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { RecordingStatus } from "../../../../modules/feed/contract.ts";
import { bytesText } from "../../text/mod.ts";
import { RecordingApi } from "../recording_api.ts";

/** Pause between two looks while something is recorded, and while nothing is, ms. */
const BUSY_MS = 1_000;
const IDLE_MS = 10_000;

/** What the button's owner hears. */
export interface RecordButtonProps {
  /** The server refused, or a recording failed. */
  onProblem(text: string): void;
}

function elapsedText(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3_600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

function runs(status: RecordingStatus | null): boolean {
  return status?.phase === "recording" || status?.phase === "finishing";
}

/** What to tell of a recording that has ended well. */
function endText(now: RecordingStatus): string {
  const why = now.message === null ? "" : `, as ${now.message}`;
  return `Recorded ${now.bins} bins to ${now.folder ?? "the data folder"}${why}`;
}

/** Starts and ends a recording of the shared feed; shows its length and size. Operators see it. */
export function RecordButton({ onProblem }: RecordButtonProps) {
  const api = useMemo(() => new RecordingApi(), []);
  const status = useSignal<RecordingStatus | null>(null);
  const busy = useSignal(false);
  const said = useSignal("");
  const take = (next: RecordingStatus) => {
    const hasEnded = runs(status.value) && !runs(next);
    status.value = next;
    if (next.phase === "done" && hasEnded) said.value = endText(next);
    if (next.phase === "failed" && hasEnded) {
      onProblem(`The recording failed: ${next.message ?? "no reason is known"}`);
    }
  };
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let ended = false;
    const look = async () => {
      if (!document.hidden && !busy.value) {
        // What fails is tried again at the next look; the page shows elsewhere that the server is away.
        await api.status().then(take, () => {});
      }
      if (!ended) timer = setTimeout(look, runs(status.value) ? BUSY_MS : IDLE_MS);
    };
    void look();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, []);
  const press = async () => {
    busy.value = true;
    said.value = "";
    try {
      take(await (runs(status.value) ? api.stop() : api.start()));
    } catch (error) {
      onProblem(error instanceof Error ? error.message : String(error));
    } finally {
      busy.value = false;
    }
  };
  const now = status.value;
  if (now === null || !now.allowed) return null;
  const running = runs(now);
  return (
    <>
      <span class="note recorded" role="status">{said.value}</span>
      <button
        type="button"
        class="record"
        aria-pressed={running}
        disabled={busy.value || now.phase === "finishing"}
        title={running
          ? `End the recording ${now.name ?? ""}`
          : "Record the feed, bin by bin, as a dataset"}
        onClick={press}
      >
        <span class="dot" aria-hidden="true" />
        {running
          ? (
            <span class="mono">
              <span class="sr">End the recording:</span> {elapsedText(now.elapsedMs)}{" "}
              <span class="size">{bytesText(now.bytes)}</span>
            </span>
          )
          : <span class="word">Record</span>}
      </button>
    </>
  );
}
