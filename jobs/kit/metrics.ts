/** One figure in Prometheus text form. */
export interface Metric {
  readonly name: string;
  readonly type: "counter" | "gauge";
  readonly help: string;
  readonly value: number;
}

/** The figures as Prometheus reads them (text exposition format 0.0.4). */
export function prometheusText(metrics: readonly Metric[]): string {
  return metrics.map(({ name, type, help, value }) =>
    `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name} ${value}\n`
  ).join("");
}
