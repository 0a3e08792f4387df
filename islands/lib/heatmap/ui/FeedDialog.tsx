import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { OpenFeed, PressureModel, Regime } from "../../../../modules/feed/contract.ts";
import { bytesText, exchangeClock, exchangeDate, nsToMs, REGIME_LABELS } from "../../text/mod.ts";
import { type FeedChoices, type FeedFile, fetchFeeds } from "../feed_api.ts";
import { FileOffer } from "../files/mod.ts";
import type { HeatmapDriver } from "../heatmap_driver.ts";
import { useDialog } from "../../pane/mod.ts";

/** Chooses what the heatmap shows: a synthetic market in a regime, or a recording. */
export function FeedDialog({ driver }: { readonly driver: HeatmapDriver }) {
  const { state } = driver;
  const open = state.feedOpen.value;
  const dialog = useDialog(open);
  const list = useSignal<FeedChoices | null>(null);
  const problem = useSignal<string | null>(null);
  const look = async () => {
    try {
      list.value = await fetchFeeds();
      problem.value = null;
    } catch (error) {
      problem.value = error instanceof Error ? error.message : String(error);
    }
  };
  useEffect(() => {
    if (open) void look();
  }, [open]);
  const choose = async (feed: OpenFeed) => {
    if (await driver.command({ op: "open", feed })) state.feedOpen.value = false;
  };
  const notice = state.notice.value;
  return (
    <dialog
      class="sheet feeds"
      ref={dialog}
      aria-labelledby="feeds-title"
      onClose={() => state.feedOpen.value = false}
    >
      <h2 id="feeds-title">Feed</h2>
      {notice !== null && (
        <p class="error" role="alert">
          {notice.field !== null && <strong class="field">{notice.field}</strong>}
          {notice.text}
        </p>
      )}
      {problem.value !== null && <p class="error" role="alert">{problem.value}</p>}
      <SyntheticForm list={list.value} driver={driver} choose={choose} />
      <ReplayForm list={list.value} driver={driver} choose={choose} look={look} />
      <button type="button" onClick={() => state.feedOpen.value = false}>Close</button>
    </dialog>
  );
}

interface FormProps {
  readonly list: FeedChoices | null;
  readonly driver: HeatmapDriver;
  choose(feed: OpenFeed): Promise<void>;
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
}

function SyntheticForm({ list, driver, choose }: FormProps) {
  const feed = driver.state.feed.value;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const [seed, regime, instrument] = ["seed", "regime", "instrument"].map((n) =>
          text(form, n)
        ) as [string, string, string];
        void choose({
          kind: "synthetic",
          ...(seed === "" ? {} : { seed: Number(seed) }),
          ...(regime === "" ? {} : { regime: regime as Regime }),
          ...(instrument === "" ? {} : { instrument }),
          ...modelOf(form),
        });
      }}
    >
      <h3>Synthetic market</h3>
      <div class="fields">
        <label>
          Regime
          <select name="regime">
            <option value="">By plan</option>
            {Object.entries(REGIME_LABELS).map(([regime, label]) => (
              <option key={regime} value={regime}>{label}</option>
            ))}
          </select>
        </label>
        <Instruments list={list} />
        <label>
          Seed
          <input
            name="seed"
            class="mono"
            inputMode="numeric"
            pattern="\d{1,10}"
            placeholder={String(feed?.seed ?? 1)}
            size={8}
          />
        </label>
        <Model now={feed?.model ?? "complete"} />
        <button type="submit" class="primary">Start</button>
      </div>
    </form>
  );
}

function modelOf(form: FormData): { model?: PressureModel } {
  const model = text(form, "model");
  return model === "complete" || model === "compat" ? { model } : {};
}

function Model({ now }: { readonly now: PressureModel }) {
  return (
    <label>
      Model
      <select name="model" defaultValue={now}>
        <option value="complete" selected={now === "complete"}>Complete</option>
        <option value="compat" selected={now === "compat"}>Compat</option>
      </select>
    </label>
  );
}

function Instruments({ list }: { readonly list: FeedChoices | null }) {
  return (
    <label>
      Instrument
      <select name="instrument">
        <option value="">By default</option>
        {list?.instruments.map(({ name, symbol }) => (
          <option key={name} value={name}>{symbol} · {name}</option>
        ))}
      </select>
    </label>
  );
}

function ReplayForm(
  { list, driver, choose, look }: FormProps & { readonly look: () => Promise<void> },
) {
  const feed = driver.state.feed.value;
  const none = list === null || !list.files.some(({ readable }) => readable);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const [file, start, speed, instrument] = ["file", "start", "speed", "instrument"].map((n) =>
          text(form, n)
        ) as [string, string, string, string];
        void choose({
          kind: "replay",
          file,
          ...(start === "" ? {} : { start }),
          ...(speed === "" ? {} : { speed: speed === "max" ? "max" : Number(speed) }),
          ...(instrument === "" ? {} : { instrument }),
          ...modelOf(form),
        });
      }}
    >
      <h3>Recording</h3>
      <Files list={list} />
      <p class="add-file">
        <FileOffer label="Add a .dbn file: drop it here, or choose one" onSent={look} />
      </p>
      <div class="fields">
        <label>
          Start, New York
          <input
            name="start"
            class="mono"
            placeholder="09:30:00"
            pattern="([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?"
            title="HH:MM or HH:MM:SS"
            size={8}
          />
        </label>
        <label>
          Speed
          <select name="speed">
            {["1", "2", "5", "10", "30", "100", "max"].map((speed) => (
              <option key={speed} value={speed}>{speed === "max" ? "Max" : `${speed}×`}</option>
            ))}
          </select>
        </label>
        <Instruments list={list} />
        <Model now={feed?.model ?? "complete"} />
        <button type="submit" class="primary" disabled={none}>Replay</button>
      </div>
    </form>
  );
}

function Files({ list }: { readonly list: FeedChoices | null }) {
  if (list === null) return <p class="note">Looking for recordings…</p>;
  if (list.files.length === 0) {
    return (
      <p class="note">
        No recordings. Add one here, or put .dbn or .dbn.zst files into data/feeds on the server.
      </p>
    );
  }
  return (
    <div class="files" role="radiogroup" aria-label="Recording">
      {list.files.map((file) => (
        <label
          key={file.name}
          class={file.problem === null ? "" : file.readable ? "broken" : "broken unreadable"}
        >
          <input
            type="radio"
            name="file"
            value={file.name}
            required
            disabled={!file.readable}
          />
          <span class="name mono">{file.name}</span>
          <span class="about">
            {file.problem === null
              ? about(file)
              : file.readable
              ? `▲ Shown up to the damage. ${file.problem}`
              : `✕ ${file.problem}`}
          </span>
          <span class="bytes mono">{bytesText(file.bytes)}</span>
        </label>
      ))}
    </div>
  );
}

function about(file: FeedFile): string {
  const parts = [file.symbol ?? "unknown symbol"];
  if (file.startNs !== null && file.endNs !== null) {
    const from = nsToMs(file.startNs);
    parts.push(
      exchangeDate(from),
      `${exchangeClock(from)} to ${exchangeClock(nsToMs(file.endNs))}`,
    );
  }
  return parts.join(" · ");
}
