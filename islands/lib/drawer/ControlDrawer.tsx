import { useEffect, useRef, useState } from "preact/hooks";
import { ControlApi } from "./control_api.ts";
import { ControlDriver } from "./control_driver.ts";
import type { ControlModel } from "./control_model.ts";
import { ControlForm } from "./ControlForm.tsx";
import { LiveStatus } from "./LiveStatus.tsx";
import { Notice, WriteState } from "./Notice.tsx";

/** A driver that lives as long as its component and knows whether the tab is seen. */
function useDriver(): ControlDriver {
  const [driver] = useState(() =>
    new ControlDriver(new ControlApi(), {
      now: () => Date.now(),
      later: (fn, ms) => {
        const timer = setTimeout(fn, ms);
        return () => clearTimeout(timer);
      },
    })
  );
  useEffect(() => {
    const tell = () => driver.send({ type: "visibility", isHidden: document.hidden });
    tell();
    document.addEventListener("visibilitychange", tell);
    return () => {
      document.removeEventListener("visibilitychange", tell);
      driver.end();
    };
  }, [driver]);
  return driver;
}

/**
 * The operators' gear and drawer. The drawer is not modal: there is no backdrop and focus is not held,
 * so that the tape stays in hand while it is steered.
 */
export function ControlDrawer() {
  const driver = useDriver();
  const model = driver.model.value;
  const gear = useRef<HTMLButtonElement>(null);
  const drawer = useRef<HTMLElement>(null);
  /** The control that had the keyboard last; it gets it back when Retry and Discard go. */
  const edited = useRef<HTMLElement | null>(null);
  const { isOpen } = model;

  useEffect(() => {
    if (isOpen) drawer.current?.focus();
  }, [isOpen]);

  const close = () => {
    const hadFocus = drawer.current?.contains(document.activeElement) ?? false;
    driver.send({ type: "close" });
    if (hadFocus) gear.current?.focus();
  };

  useEscape(isOpen, close);

  return (
    <>
      <button
        type="button"
        class="drawer-gear"
        ref={gear}
        aria-label="Synthetic control"
        title="Synthetic control"
        aria-expanded={isOpen}
        aria-controls="control-drawer"
        onClick={() => isOpen ? close() : driver.send({ type: "open" })}
      >
        <Gear />
      </button>
      {isOpen && (
        <aside
          id="control-drawer"
          class="drawer"
          ref={drawer}
          tabIndex={-1}
          aria-label="Synthetic control"
          onFocusIn={({ target }) => {
            if (target instanceof HTMLElement && target.closest(".drawer-body") !== null) {
              edited.current = target;
            }
          }}
          onKeyDown={(event) => {
            event.stopPropagation(); // or the page's shortcuts would act on the form's keys
            if (event.key === "Escape") close();
          }}
        >
          <Contents
            model={model}
            driver={driver}
            onClose={close}
            onSettled={() => (edited.current ?? drawer.current)?.focus()}
          />
        </aside>
      )}
    </>
  );
}

/** Closes the drawer on Escape wherever the keyboard is. */
function useEscape(isOpen: boolean, close: () => void): void {
  useEffect(() => {
    if (!isOpen) return;
    const onKey = (event: KeyboardEvent) => {
      // Something that lies over the page is closed first.
      const isOther = document.querySelector("dialog[open], [role=dialog]") !== null;
      if (event.key === "Escape" && !isOther) close();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [isOpen]);
}

function Contents(props: {
  readonly model: ControlModel;
  readonly driver: ControlDriver;
  readonly onClose: () => void;
  /** Called when the buttons of a refused write go away. */
  readonly onSettled: () => void;
}) {
  const { model, driver, onClose, onSettled } = props;
  const settle = (type: "retry" | "discard") => () => {
    driver.send({ type });
    onSettled();
  };
  return (
    <>
      <header class="drawer-head">
        <h2>Synthetic control</h2>
        <button type="button" aria-label="Close" onClick={onClose}>✕</button>
      </header>
      <div class="drawer-body">
        <Notice model={model} />
        {model.draft !== null && (
          <ControlForm
            draft={model.draft}
            disabled={model.access.kind !== "ok" && model.access.kind !== "lost"}
            onEdit={(change) => driver.send({ type: "edit", change })}
          />
        )}
        {model.access.kind !== "disabled" && <LiveStatus model={model} />}
      </div>
      <footer class="drawer-foot">
        <WriteState
          model={model}
          onRetry={settle("retry")}
          onDiscard={settle("discard")}
        />
      </footer>
    </>
  );
}

function Gear() {
  return (
    <svg viewBox="0 0 16 16" width="18" height="18" aria-hidden="true">
      <g fill="none" stroke="currentColor" stroke-width="1.3" stroke-linejoin="round">
        <path d="M6.9 1.8h2.2l.4 1.7 1.2.5 1.5-.9 1.6 1.6-.9 1.5.5 1.2 1.7.4v2.2l-1.7.4-.5 1.2.9 1.5-1.6 1.6-1.5-.9-1.2.5-.4 1.7H6.9l-.4-1.7-1.2-.5-1.5.9-1.6-1.6.9-1.5-.5-1.2-1.7-.4V7.8l1.7-.4.5-1.2-.9-1.5 1.6-1.6 1.5.9 1.2-.5z" />
        <circle cx="8" cy="8.9" r="2.2" />
      </g>
    </svg>
  );
}
