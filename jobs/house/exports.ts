import { codeOnly, type Source, target } from "./sources.ts";

const DECLARED =
  /^export\s+(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(function\*?|class|const|let|interface|type)\s+(\w+)/gm;
const FROM = /^(import|export)(\s+type)?\s+([^"';]+?)\s+from\s+"([^"]+)";/gm;
const DYNAMIC = /import\(\s*"([^"]+)"\s*\)/g;

interface Names {
  /** Own declarations, and whether each is a type only. */
  readonly declared: Map<string, boolean>;
  /** Re-exports: name outside, name inside, file; "*" for all. */
  readonly passed: {
    readonly outer: string;
    readonly inner: string;
    readonly path: string;
    readonly isType: boolean;
  }[];
  /** What it takes from other files; "*" for all. */
  readonly taken: { readonly name: string; readonly path: string }[];
}

/** The pairs of `{ a, type b as c }`: name inside, name outside; "*" stands for a whole file. */
function clause(
  text: string,
): readonly (readonly [inner: string, outer: string, isType: boolean])[] {
  const braces = /\{([^}]*)\}/.exec(text);
  const pairs: [string, string, boolean][] = [];
  for (const part of (braces?.[1] ?? "").split(",")) {
    const isType = /^\s*type\s/.test(part);
    const [inner, outer] = part.trim().replace(/^type\s+/, "").split(/\s+as\s+/);
    if (inner !== undefined && inner !== "") pairs.push([inner, outer ?? inner, isType]);
  }
  const outside = text.replace(/\{[^}]*\}/, "").replace(",", "").replace(/^type\s+/, "").trim();
  if (outside.startsWith("*")) pairs.push(["*", "*", false]);
  else if (outside !== "") pairs.push(["default", outside, false]);
  return pairs;
}

function namesOf(file: Source): Names {
  const names: Names = { declared: new Map(), passed: [], taken: [] };
  for (const [, kind, name] of file.text.matchAll(DECLARED)) {
    const isType = kind === "interface" || kind === "type";
    if (name !== undefined) names.declared.set(name, isType && names.declared.get(name) !== false);
  }
  for (const [, kind, typeOnly, what, specifier] of file.text.matchAll(FROM)) {
    const path = target(file.path, specifier ?? "");
    if (path === null) continue;
    for (const [inner, outer, isType] of clause(what ?? "")) {
      if (kind === "export") {
        names.passed.push({ outer, inner, path, isType: isType || typeOnly !== undefined });
      } else names.taken.push({ name: inner, path });
    }
  }
  for (const [, specifier] of file.text.matchAll(DYNAMIC)) {
    const path = target(file.path, specifier ?? "");
    if (path !== null) names.taken.push({ name: "*", path });
  }
  return names;
}

/**
 * Exported names that no other file takes: values that are dead or private, types that nothing at all
 * names, and values that a `mod.ts` passes on to nobody. A type may stand in a public face for the sake of
 * a signature there. Names that a framework takes by convention are
 * the caller's to leave out.
 *
 * @returns `path: name`, sorted.
 */
export function unusedExports(files: readonly Source[]): readonly string[] {
  const all = new Map(files.map((file) => [file.path, namesOf(file)]));
  const used = new Set<string>();
  const use = (path: string, name: string): void => {
    const key = `${path}: ${name}`;
    const names = all.get(path);
    if (names === undefined || used.has(key)) return;
    used.add(key);
    if (name === "*") {
      for (const own of names.declared.keys()) use(path, own);
      for (const { outer } of names.passed) use(path, outer);
    }
    for (const { outer, inner, path: from } of names.passed) {
      if (outer === name) use(from, inner);
      else if (outer === "*") use(from, name);
    }
  };
  for (const { taken } of all.values()) for (const { path, name } of taken) use(path, name);
  const found: string[] = [];
  for (const file of files) {
    const names = all.get(file.path);
    const code = codeOnly(file.text);
    for (const [name, isType] of names?.declared ?? []) {
      const own = code.split(new RegExp(`\\b${name}\\b`)).length - 1;
      if (!used.has(`${file.path}: ${name}`) && !(isType && own > 1)) {
        found.push(`${file.path}: ${name}`);
      }
    }
    for (const { outer, isType } of names?.passed ?? []) {
      if (outer !== "*" && !isType && !used.has(`${file.path}: ${outer}`)) {
        found.push(`${file.path}: ${outer}`);
      }
    }
  }
  return found.sort();
}
