/** A URL pattern in the form that the router wants. */
export interface CompiledPattern {
  /** The pattern as written. */
  readonly pattern: string;
  /** Paths for the router; those with a `*` match more than the pattern does. */
  readonly paths: readonly string[];
  /** Tells what matches and finds the parameters; null when the paths are exact. */
  readonly check: URLPattern | null;
  /** One digit per segment: 0 static, 1 dynamic, 2 optional, 3 catch-all. */
  readonly rank: string;
}

/**
 * Returns the compiled form of a URL pattern such as `/a/:id`, `/a{/:id}?` or `/a/:path*`.
 *
 * @throws {TypeError} When the pattern is no URL pattern.
 */
export function compilePattern(pattern: string): CompiledPattern {
  if (pattern === "*") return { pattern, paths: ["*"], check: null, rank: "3" };
  const segments = splitPattern(pattern);
  const rank = segments.map(rankOf).join("");
  const firstOpen = rank.search(/[^0]/);
  if (firstOpen !== -1) {
    const fixed = literal(segments.slice(0, firstOpen).join(""));
    return { pattern, paths: [`${fixed}/*`], check: new URLPattern({ pathname: pattern }), rank };
  }
  // What is static throughout answers with and without a slash at its end.
  const path = literal(pattern).replace(/\/$/, "");
  return { pattern, paths: path === "" ? ["/"] : [path, `${path}/`], check: null, rank };
}

/** Negative when pattern `a` is tried before `b`: static, dynamic, optional, then catch-all. */
export function comparePatterns(a: CompiledPattern, b: CompiledPattern): number {
  const n = Math.max(a.rank.length, b.rank.length);
  for (let i = 0; i < n; i++) {
    // A pattern that ends here is more exact than one that goes on with an optional part.
    const difference = (a.rank[i] ?? "0").charCodeAt(0) - (b.rank[i] ?? "0").charCodeAt(0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Returns the URL pattern of a route file id such as `blog/[slug]` or `(group)/index`. */
export function fileToPattern(id: string): string {
  const segments = id.split("/").filter((s) => !/^\(.*\)$/.test(s));
  if (segments.at(-1) === "index") segments.pop();
  let pattern = "";
  for (const [i, segment] of segments.entries()) {
    const rest = /^\[\.\.\.(\w+)\]$/.exec(segment);
    const optional = /^\[\[(\w+)\]\]$/.exec(segment);
    if (rest !== null) {
      if (i !== segments.length - 1) {
        throw new SyntaxError(`Cannot route "${id}" as a catch-all part must be the last one`);
      }
      pattern += `/:${rest[1]}*`;
    } else if (optional !== null) {
      pattern += `{/:${optional[1]}}?`;
    } else {
      pattern += `/${segment.replaceAll(/\[(\w+)\]/g, ":$1")}`;
      if (/[[\]]/.test(pattern)) {
        throw new SyntaxError(`Cannot route "${id}" as its brackets are not balanced`);
      }
    }
  }
  return pattern === "" ? "/" : pattern;
}

/** Segments of a pattern, each with its leading slash; `{/:x}?` stays one piece. */
function splitPattern(path: string): string[] {
  if (path === "/") return [];
  return path.match(/\{[^}]*\}\??|\/[^/{]*/g) ?? [];
}

/** Segments of a pattern without their slashes; parts that are optional do not count. */
export function patternScope(pattern: string): string[] {
  return pattern.replaceAll(/\{[^}]*\}\??/g, "").split("/").filter((part) =>
    part !== "" && part !== "*"
  );
}

function rankOf(segment: string): string {
  if (/[*+]$/.test(segment)) return "3";
  if (/\?$/.test(segment)) return "2";
  return /[:({]/.test(segment) ? "1" : "0";
}

/** Static text of a pattern as it stands in URLs. */
function literal(text: string): string {
  try {
    return encodeURI(decodeURI(text));
  } catch {
    return encodeURI(text);
  }
}
