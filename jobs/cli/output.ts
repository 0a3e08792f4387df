/** Where a command writes: lines for people, or one JSON object per line. */
export interface Output {
  readonly json: boolean;
  /** A result. With `--json` the object, else the text. */
  result(text: string, value: Readonly<Record<string, unknown>>): void;
  /** Progress of long work, 0..1, with a note; a bar on a terminal, JSON lines with `--json`. */
  progress(share: number, note: string): void;
  /** Something worth knowing that does not end the work. */
  warning(message: string): void;
  /** Ends the progress line. */
  done(): void;
}

const BAR_CELLS = 24;
/** Least time between two progress lines, ms. */
const PROGRESS_EVERY_MS = 100;

function bar(share: number): string {
  const full = Math.round(Math.max(0, Math.min(1, share)) * BAR_CELLS);
  return "█".repeat(full) + "░".repeat(BAR_CELLS - full);
}

/** Output to the process's standard streams: results on stdout, progress on stderr. */
export function standardOutput(json: boolean): Output {
  const terminal = Deno.stderr.isTerminal();
  const encoder = new TextEncoder();
  let shownAtMs = -Infinity;
  let shown = false;
  const clear = () => {
    if (shown) Deno.stderr.writeSync(encoder.encode("\r\x1b[K"));
    shown = false;
  };
  return {
    json,
    result(text, value) {
      console.log(json ? JSON.stringify(value) : text);
    },
    progress(share, note) {
      const nowMs = performance.now();
      if (nowMs - shownAtMs < PROGRESS_EVERY_MS) return;
      shownAtMs = nowMs;
      if (json) {
        console.error(JSON.stringify({ progress: Math.round(share * 1_000) / 1_000, note }));
      } else if (terminal) {
        shown = true;
        const percent = `${Math.floor(share * 100)}`.padStart(3);
        Deno.stderr.writeSync(encoder.encode(`\r${bar(share)} ${percent} %  ${note}\x1b[K`));
      }
    },
    warning(message) {
      clear();
      console.error(json ? JSON.stringify({ warning: message }) : `warning: ${message}`);
    },
    done: clear,
  };
}
