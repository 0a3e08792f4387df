/** A URL pattern in the form that the router wants. */
export interface CompiledPattern {
  /** The pattern as written. */
  readonly pattern: string;
  /** Paths for the router: one with and one without each optional part. */
  readonly paths: readonly string[];
  /** Decides what the router's paths cannot express; null when they are exact. */
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
  if (pattern === "*" || pattern === "/*") {
    return { pattern, paths: ["*"], check: null, rank: "3" };
  }
  const path = pattern.startsWith("/") ? pattern : `/${pattern}`;
  const segments = splitPattern(path);
  const rank = segments.map(rankOf).join("");
  let paths = [""];
  for (const [i, segment] of segments.entries()) {
    const optional = /^\{\/:(\w+)\}\?$/.exec(segment) ?? /^\/:(\w+)\?$/.exec(segment);
    const rest = /^\/:(\w+)([*+])$/.exec(segment);
    if (optional !== null) {
      paths = paths.flatMap((p) => [p, `${p}/:${optional[1]}`]);
    } else if (rest !== null && i === segments.length - 1) {
      paths = paths.flatMap((p) => [...(rest[2] === "*" ? [p] : []), `${p}/:${rest[1]}{.+}`]);
    } else if (segment === "/*" && i === segments.length - 1) {
      paths = paths.map((p) => `${p}/*`);
    } else if (/^\/:\w+$/.test(segment)) {
      paths = paths.map((p) => p + segment);
    } else if (!/[:*{}()?+]/.test(segment)) {
      const literal = encodeURI(decodeOrKeep(segment));
      paths = paths.map((p) => p + literal);
    } else {
      return { pattern, paths: ["*"], check: new URLPattern({ pathname: path }), rank };
    }
  }
  paths = paths.map((p) => p === "" ? "/" : p);
  // What is static throughout answers with and without a slash at its end.
  if (/^0+$/.test(rank)) {
    const bare = paths.map((p) => p.replace(/\/$/, ""));
    paths = bare.flatMap((p) => [p, `${p}/`]);
  }
  return { pattern, paths: paths, check: null, rank };
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

function decodeOrKeep(text: string): string {
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
}
