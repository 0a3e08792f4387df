function clock(options: Intl.DateTimeFormatOptions): (epochS: number) => string {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: "America/New_York", ...options });
  return (epochS) => format.format(epochS * 1_000);
}

const minute = clock({ hour: "2-digit", minute: "2-digit" });

/** A time to the second in New York. @param epochS s since 1970. */
export const secondText: (epochS: number) => string = clock({ timeStyle: "medium" });

/** Times of an axis in New York, s since 1970: to the second where minutes would not tell them apart. */
export function timeTexts(ticks: readonly number[]): string[] {
  const [first = 0, next = Infinity] = ticks;
  return ticks.map(next - first < 60 ? secondText : minute);
}
