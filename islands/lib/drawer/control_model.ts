import type { SyntheticControlState, SyntheticStatus } from "../../../modules/control/contract.ts";

/** Wait after the last edit before it is written, ms. */
const DEBOUNCE_MS = 250;

/** Wait between two looks at the status, ms; doubled up to the longest while they fail. */
const POLL_MS = 5_000;
const MAX_POLL_MS = 30_000;

/** What the operator edits. */
export type ControlDraft = Omit<SyntheticControlState, "updated_at" | "updated_by">;

/** The control state that the server confirmed, with its revision. */
export interface Confirmed {
  readonly control: SyntheticControlState;
  readonly revision: number;
  /** Epoch ms of the server. */
  readonly activateAt: number;
}

/** A refusal, or no answer at all: then the status is 0. */
export interface Failure {
  readonly status: number;
  readonly message: string;
}

/** Whether control can be had. */
export type ControlAccess =
  | { readonly kind: "loading" }
  | { readonly kind: "ok" }
  /** The backend does not offer control. */
  | { readonly kind: "disabled" }
  /** The market is not synthetic. */
  | { readonly kind: "conflict"; readonly status: SyntheticStatus }
  | { readonly kind: "signed_out"; readonly message: string; readonly login: string | null }
  | { readonly kind: "lost"; readonly failure: Failure };

/** Everything the drawer shows. Times in ms of the page's clock. */
export interface ControlModel {
  readonly isOpen: boolean;
  readonly isHidden: boolean;
  readonly access: ControlAccess;
  readonly status: SyntheticStatus | null;
  readonly confirmed: Confirmed | null;
  /** Differs from what is confirmed while an edit is not yet written. */
  readonly draft: ControlDraft | null;
  /** When the last edit was made that no write has taken up; null: none. */
  readonly editedAt: number | null;
  readonly flight: ControlDraft | null;
  /** An edit that could not be written. */
  readonly failed: { readonly draft: ControlDraft; readonly failure: Failure } | null;
  readonly isPolling: boolean;
  readonly pollAt: number;
  readonly pollWaitMs: number;
  /** Server's clock minus the page's. */
  readonly skewMs: number;
  readonly now: number;
}

/** What happens to the drawer. */
export type ControlEvent =
  | { readonly type: "open" | "close" | "tick" | "retry" | "discard" | "poll_now" }
  | { readonly type: "visibility"; readonly isHidden: boolean }
  | { readonly type: "edit"; readonly change: Partial<ControlDraft> }
  | { readonly type: "written"; readonly confirmed: Confirmed }
  | { readonly type: "write_failed"; readonly failure: Failure }
  | { readonly type: "polled"; readonly status: SyntheticStatus }
  | { readonly type: "poll_refused"; readonly access: ControlAccess };

/** What the drawer asks its surroundings to do. */
export type ControlEffect =
  | { readonly type: "put"; readonly body: SyntheticControlState }
  | { readonly type: "poll" };

/** A closed drawer that knows nothing yet. */
export function initialModel(now: number): ControlModel {
  return {
    isOpen: false,
    isHidden: false,
    access: { kind: "loading" },
    status: null,
    confirmed: null,
    draft: null,
    editedAt: null,
    flight: null,
    failed: null,
    isPolling: false,
    pollAt: now,
    pollWaitMs: POLL_MS,
    skewMs: 0,
    now,
  };
}

/** What the server confirmed, as a draft. */
function draftOf(control: SyntheticControlState): ControlDraft {
  const { updated_at: _at, updated_by: _by, ...draft } = control;
  return draft;
}

function isSame(a: ControlDraft, b: ControlDraft): boolean {
  const ids = Object.keys(a.profile_weights) as (keyof ControlDraft["profile_weights"])[];
  return a.preset_id === b.preset_id && a.coverage_assist === b.coverage_assist &&
    a.coverage_window_minutes === b.coverage_window_minutes && a.shared_seed === b.shared_seed &&
    ids.every((id) => a.profile_weights[id] === b.profile_weights[id]);
}

/** Whether something the operator chose is not yet with the server. */
export function isDirty(model: ControlModel): boolean {
  return model.editedAt !== null || model.flight !== null;
}

/** Time until the confirmed state comes into force, ms; 0 when it is in force. */
export function activationIn(model: ControlModel): number {
  const at = model.confirmed?.activateAt ?? 0;
  return Math.max(0, at - (model.now + model.skewMs));
}

/**
 * Answers an event at the time `now`: the next model, and what must be done. Pure; whoever calls it
 * runs the effects, reports how they ended, and sends a `tick` at {@link wakeAt}.
 */
export function step(
  before: ControlModel,
  event: ControlEvent,
  now: number,
): readonly [ControlModel, readonly ControlEffect[]] {
  return due(handle({ ...before, now }, event));
}

/** When the next `tick` is due, or null. */
export function wakeAt(model: ControlModel): number | null {
  const times: number[] = [];
  if (canWrite(model)) times.push((model.editedAt ?? 0) + DEBOUNCE_MS);
  if (canPoll(model)) times.push(model.pollAt);
  const pendingMs = activationIn(model);
  // The countdown shows whole seconds.
  if (model.isOpen && pendingMs > 0) times.push(model.now + (pendingMs % 1_000 || 1_000));
  return times.length === 0 ? null : Math.min(...times);
}

function canWrite(model: ControlModel): boolean {
  return model.editedAt !== null && model.flight === null && model.confirmed !== null;
}

function canPoll(model: ControlModel): boolean {
  return model.isOpen && !model.isHidden && !model.isPolling;
}

function handle(model: ControlModel, event: ControlEvent): ControlModel {
  switch (event.type) {
    case "open":
      return { ...model, isOpen: true, pollAt: model.now };
    case "close":
      return { ...model, isOpen: false };
    case "visibility":
      return { ...model, isHidden: event.isHidden };
    case "tick":
      return model;
    case "poll_now":
      return { ...model, pollAt: model.now };
    case "edit":
      return edited(model, event.change);
    case "retry":
      return retried(model);
    case "discard":
      return { ...model, failed: null };
    case "written":
      return written(model, event.confirmed);
    case "write_failed":
      return writeFailed(model, event.failure);
    case "polled":
      return polled(model, event.status);
    case "poll_refused":
      return pollRefused(model, event.access);
  }
}

function edited(model: ControlModel, change: Partial<ControlDraft>): ControlModel {
  if (model.draft === null) return model;
  const draft = { ...model.draft, ...change };
  return { ...model, draft, editedAt: model.now, failed: null };
}

function retried(model: ControlModel): ControlModel {
  if (model.failed === null) return model;
  return {
    ...model,
    draft: model.failed.draft,
    editedAt: model.now - DEBOUNCE_MS, // at once
    failed: null,
  };
}

/** Edits that were made during the flight stay, and go out with the next write. */
function written(model: ControlModel, confirmed: Confirmed): ControlModel {
  const isEdited = model.editedAt !== null;
  return {
    ...model,
    access: { kind: "ok" },
    confirmed: newer(model.confirmed, confirmed),
    draft: isEdited ? model.draft : draftOf(confirmed.control),
    flight: null,
    failed: null,
  };
}

/** Rolls back to what is confirmed; the last draft waits behind "retry". */
function writeFailed(model: ControlModel, failure: Failure): ControlModel {
  const lost = model.draft;
  return {
    ...model,
    draft: model.confirmed === null ? null : draftOf(model.confirmed.control),
    editedAt: null,
    flight: null,
    failed: lost === null ? null : { draft: lost, failure },
    pollAt: model.now, // whether the write took place after all
  };
}

function newer(old: Confirmed | null, next: Confirmed): Confirmed {
  return old !== null && old.revision > next.revision ? old : next;
}

function polled(model: ControlModel, status: SyntheticStatus): ControlModel {
  const { control, engine } = status;
  const next: ControlModel = {
    ...model,
    access: { kind: "ok" },
    status,
    isPolling: false,
    pollWaitMs: POLL_MS,
    skewMs: engine === null ? model.skewMs : engine.server_time - model.now,
  };
  if (control === null || engine === null) return next;
  const confirmed = newer(model.confirmed, {
    control,
    revision: engine.revision,
    activateAt: engine.activate_at,
  });
  const keep = isDirty(model) && model.draft !== null;
  return { ...next, confirmed, draft: keep ? model.draft : draftOf(confirmed.control) };
}

function pollRefused(model: ControlModel, access: ControlAccess): ControlModel {
  const pollWaitMs = Math.min(model.pollWaitMs * 2, MAX_POLL_MS);
  return { ...model, access, isPolling: false, pollWaitMs, pollAt: model.now + pollWaitMs };
}

/** Begins whatever is due. */
function due(model: ControlModel): readonly [ControlModel, readonly ControlEffect[]] {
  const effects: ControlEffect[] = [];
  let next = model;
  const { draft, confirmed } = next;
  const isWriteDue = canWrite(next) && (next.editedAt ?? 0) + DEBOUNCE_MS <= next.now;
  if (isWriteDue && draft !== null && confirmed !== null) {
    const isChanged = !isSame(draft, draftOf(confirmed.control));
    next = { ...next, editedAt: null, flight: isChanged ? draft : null };
    if (isChanged) effects.push({ type: "put", body: { ...confirmed.control, ...draft } });
  }
  if (canPoll(next) && next.pollAt <= next.now) {
    next = { ...next, isPolling: true, pollAt: next.now + POLL_MS };
    effects.push({ type: "poll" });
  }
  return [next, effects];
}
