import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { Icon } from "./icons.tsx";
import { PAGES } from "./pages.ts";
import { useDismiss } from "./use_dismiss.ts";

interface LinksProps {
  /** Address of the page one is on; null on one that no link leads to. */
  readonly current: string | null;
}

function PageLinks({ current }: LinksProps) {
  return (
    <>
      {PAGES.map(({ href, name, letter, icon }) => (
        <a
          key={href}
          href={href}
          title={`${name} (G ${letter.toUpperCase()})`}
          {...href === current ? { "aria-current": "page" as const } : {}}
        >
          <Icon name={icon} />
          <span class="sr">{name}</span>
        </a>
      ))}
    </>
  );
}

/** The way to every page: a rail at the left, with a page's own tools below; a row where a page has no other. */
export function SiteNav({ current, children }: LinksProps & { children?: ComponentChildren }) {
  return (
    <nav class="rail" aria-label={children === undefined ? "Pages" : "Pages and tools"}>
      <PageLinks current={current} />
      {children !== undefined && (
        <>
          <span class="grow" />
          {children}
        </>
      )}
    </nav>
  );
}

/** The same as a menu, where the rail has no room. */
export function PagesMenu({ current }: LinksProps) {
  const details = useRef<HTMLDetailsElement>(null);
  useDismiss(details, {
    isOpen: () => details.current?.open === true,
    close: () => details.current?.removeAttribute("open"),
  });
  return (
    <details class="menu pages-menu" ref={details}>
      <summary title="Pages">
        <span aria-hidden="true">☰</span>
        <span class="sr">Pages</span>
      </summary>
      <nav class="menu-body" aria-label="Pages">
        <PageLinks current={current} />
      </nav>
    </details>
  );
}
