import type { ControlModel } from "./control_model.ts";

/** Why control cannot be had right now; nothing when it can. */
export function Notice({ model }: { readonly model: ControlModel }) {
  const { access } = model;
  switch (access.kind) {
    case "ok":
      return null;
    case "loading":
      return <p class="drawer-notice" role="status">Asking the server …</p>;
    case "disabled":
      return (
        <p class="drawer-notice" role="status">
          <b>Admin backend disabled.</b> Set <code>SYNTHETIC_CONTROL_ENABLED=1</code> and a{" "}
          <code>SYNTHETIC_ADMIN_TOKEN</code> of at least 24 characters on the server.
        </p>
      );
    case "conflict":
      return (
        <p class="drawer-notice" role="status">
          <b>Not synthetic.</b> {access.status.disabled_reason}{" "}
          <span class="note">
            options {access.status.adapters.options}, equities {access.status.adapters.equities}
          </span>
        </p>
      );
    case "signed_out":
      return (
        <p class="drawer-notice" role="status">
          <b>Not allowed.</b> {sentence(access.message)}{" "}
          {access.login !== null && <a href={loginHref(access.login)}>Sign in</a>}
        </p>
      );
    case "lost":
      return (
        <p class="drawer-notice" role="status" data-bad="">
          <b>▲ No status.</b> {sentence(access.failure.message)}{" "}
          {access.failure.status > 0 && <span class="mono">{access.failure.status}</span>}
        </p>
      );
  }
}

/** How a write fares: pending, done, or refused with a way to try again. */
export function WriteState(props: {
  readonly model: ControlModel;
  readonly onRetry: () => void;
  readonly onDiscard: () => void;
}) {
  const { model, onRetry, onDiscard } = props;
  const { failed, flight, editedAt, confirmed } = model;
  if (failed !== null) {
    return (
      <div class="drawer-failed" role="alert">
        <p>
          <b>▲ Not saved.</b> {sentence(failed.failure.message)}{" "}
          {failed.failure.status > 0 && <span class="mono">{failed.failure.status}</span>}
        </p>
        <div class="drawer-actions">
          <button type="button" onClick={onRetry}>Retry</button>
          <button type="button" onClick={onDiscard}>Discard</button>
        </div>
      </div>
    );
  }
  const text = flight !== null || editedAt !== null
    ? "Saving …"
    : confirmed === null || confirmed.control.updated_at === 0
    ? "Never changed"
    : `Saved by ${confirmed.control.updated_by}`;
  return <p class="drawer-saved" role="status">{text}</p>;
}

/** The sign-in, with the way back to this page. */
function loginHref(login: string): string {
  return `${login}?next=${encodeURIComponent(location.pathname + location.search)}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
