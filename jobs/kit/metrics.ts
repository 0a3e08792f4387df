/** One figure in Prometheus text form. */
export interface Metric {
  readonly name: string;
  readonly type: "counter" | "gauge";
  readonly help: string;
  /** Tells apart the figures of one name, which stand side by side. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The figures as Prometheus reads them (text exposition format 0.0.4). */
export function prometheusText(metrics: readonly Metric[]): string {
  return metrics.map(({ name, type, help, labels = {}, value }, i) => {
    const isFirst = metrics[i - 1]?.name !== name;
    const head = isFirst ? `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n` : "";
    const pairs = Object.entries(labels).map(([key, text]) => `${key}="${text}"`);
    const label = pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
    return `${head}${name}${label} ${value}\n`;
  }).join("");
}
