// Times as readers read them: in their time zone, while those of the API are in UTC.

import { site } from "../site";

export type Times = ReturnType<typeof made>;

let zone = "";
let times: Times;

/** The ways of telling times in a zone. */
export function timesIn(timeZone: string): Times {
  if (timeZone !== zone) {
    [zone, times] = [timeZone, made(timeZone)];
  }
  return times;
}

function made(timeZone: string) {
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(site.language, { timeZone, ...options });
  const DAY = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const DATE = format({ day: "numeric", month: "long", year: "numeric" });
  const SHORT = format({ day: "numeric", month: "long" });
  const HOUR = format({ hour: "2-digit", minute: "2-digit" });
  const date = (moment: string) => DATE.format(new Date(moment));
  const hour = (moment: string) => HOUR.format(new Date(moment));
  return {
    /** "Sunday, 29 November 2026", as under the name of a newspaper. */
    today: () => DAY.format(new Date()),
    /** "29 November". */
    shortly: (moment: string) => SHORT.format(new Date(moment)),
    /** "29 November 2026". */
    date,
    /** "14.05" or "14:05", as the language has it. */
    hour,
    /** "29 November 2026, 14:05". */
    dateAndHour: (moment: string) => `${date(moment)}, ${hour(moment)}`,
  };
}
