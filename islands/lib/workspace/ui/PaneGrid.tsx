import { useEffect, useRef } from "preact/hooks";
import { type LayoutNode, type LayoutPath, panesOf, type SplitNode } from "../layout.ts";
import { attachPaneDrag } from "../pane_drag.ts";
import type { WorkspaceDesk } from "../workspace_desk.ts";

interface NodeProps<N extends LayoutNode> {
  readonly desk: WorkspaceDesk;
  readonly node: N;
  readonly path: LayoutPath;
}

/** The panes as the layout places them; one alone when it is maximised or the page is narrow. */
export function PaneGrid({ desk }: { readonly desk: WorkspaceDesk }) {
  const layout = desk.layout.value;
  const lone = desk.isNarrow.value ? desk.focusedPane()?.key ?? null : desk.maximised.value;
  const alone = panesOf(layout).find(({ key }) => key === lone);
  const grid = useRef<HTMLElement>(null);
  useEffect(() => attachPaneDrag(desk, grid.current!), [desk]);
  return (
    <main
      class="grid"
      ref={grid}
      data-alone={alone === undefined ? undefined : ""}
      data-dragging={desk.drag.value === null ? undefined : ""}
    >
      <Cell desk={desk} node={alone ?? layout} path={[]} />
      <DropMark desk={desk} />
    </main>
  );
}

const DROP_WORDS = {
  swap: "Swap with",
  left: "Left of",
  right: "Right of",
  top: "Above",
  bottom: "Below",
} as const;

/** Where a pane that is dragged would stand, in words too. */
function DropMark({ desk }: { readonly desk: WorkspaceDesk }) {
  const over = desk.drag.value?.over ?? null;
  if (over === null) return null;
  const { left, top, width, height } = over.mark;
  return (
    <div
      class="drop-mark"
      data-zone={over.zone}
      style={{ left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` }}
    >
      <span>{DROP_WORDS[over.zone]} {desk.titleOf(over.key)}</span>
    </div>
  );
}

function Cell({ desk, node, path }: NodeProps<LayoutNode>) {
  if (node.kind === "split") return <Split desk={desk} node={node} path={path} />;
  const kind = desk.kind(node.pane);
  if (kind === undefined) return null;
  const { component: Pane } = kind;
  return <Pane key={node.key} desk={desk} node={node} />;
}

/** Percent that an arrow key moves a border by. */
const KEY_STEP = 2;

function Split({ desk, node, path }: NodeProps<SplitNode>) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const cells = [...box.current!.children].filter((child) => child.matches(".cell"));
    for (const [i, cell] of cells.entries()) {
      (cell as HTMLElement).style.flexGrow = `${node.sizes[i] ?? 1}`;
    }
  }, [node]);
  const drag = (event: PointerEvent, index: number) => {
    const handle = event.currentTarget as HTMLElement;
    const { width, height } = box.current!.getBoundingClientRect();
    const length = node.dir === "row" ? width : height;
    let from = node.dir === "row" ? event.clientX : event.clientY;
    handle.setPointerCapture(event.pointerId);
    const onMove = (move: PointerEvent) => {
      const at = node.dir === "row" ? move.clientX : move.clientY;
      desk.resize(path, index, ((at - from) * 100) / length);
      from = at;
    };
    const onUp = () => {
      handle.removeEventListener("pointermove", onMove);
      handle.removeEventListener("pointerup", onUp);
      handle.removeEventListener("pointercancel", onUp);
    };
    handle.addEventListener("pointermove", onMove);
    handle.addEventListener("pointerup", onUp);
    handle.addEventListener("pointercancel", onUp);
    event.preventDefault();
  };
  const press = (event: KeyboardEvent, index: number) => {
    const back = node.dir === "row" ? "ArrowLeft" : "ArrowUp";
    const on = node.dir === "row" ? "ArrowRight" : "ArrowDown";
    if (event.key !== back && event.key !== on) return;
    desk.resize(path, index, event.key === on ? KEY_STEP : -KEY_STEP);
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="split" data-dir={node.dir} ref={box}>
      {node.children.map((child, i) => (
        <>
          {i > 0 && (
            <div
              key={`border-${i}`}
              class="border"
              role="separator"
              tabIndex={0}
              aria-orientation={node.dir === "row" ? "vertical" : "horizontal"}
              aria-label="Border between panes"
              aria-valuenow={Math.round(node.sizes[i - 1] ?? 0)}
              onPointerDown={(event) => drag(event, i - 1)}
              onKeyDown={(event) => press(event, i - 1)}
            />
          )}
          <div
            key={child.kind === "pane" ? child.key : `split-${i}`}
            class="cell"
            data-size={Math.round(node.sizes[i] ?? 0)}
          >
            <Cell desk={desk} node={child} path={[...path, i]} />
          </div>
        </>
      ))}
    </div>
  );
}
