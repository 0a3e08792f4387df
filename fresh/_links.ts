/**
 * Tells a link whether it leads to the page that is shown, or to one above it.
 *
 * @param props Attributes of an `<a>`; changed in place.
 * @param pathname Path of the page that is shown.
 */
export function markLink(props: Record<string, unknown>, pathname: string): void {
  const { href } = props;
  if (typeof href !== "string" || !href.startsWith("/")) return;
  const target = withoutSlash(new URL(href, "http://localhost").pathname);
  const current = withoutSlash(pathname);
  if (target === current) {
    props["aria-current"] = "page";
    props["data-current"] = "true";
  } else if (target === "/" || current.startsWith(`${target}/`)) {
    props["aria-current"] = "true";
    props["data-ancestor"] = "true";
  }
}

function withoutSlash(path: string): string {
  return path.replace(/(.)\/$/, "$1");
}
