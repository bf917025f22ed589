// Calendar files (RFC 5545). Times float: eight in the morning is that wherever the reader is.
import { iso } from "./day.js";

function escaped(text) {
  return text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r?\n/g, "\\n");
}

// Lines of more than 75 octets go on in the next line, which starts with a space.
function folded(line) {
  const parts = [];
  let part = "";
  let octets = 0;
  for (const sign of line) {
    const size = new TextEncoder().encode(sign).length;
    if (octets + size > 75) {
      parts.push(part);
      part = " ";
      octets = 1;
    }
    part += sign;
    octets += size;
  }
  return [...parts, part].join("\r\n");
}

const pad = (number) => String(number).padStart(2, "0");
const compact = (date) => iso(date).replaceAll("-", "");
const floating = (date) =>
  `${compact(date)}T${pad(date.getHours())}${pad(date.getMinutes())}${pad(date.getSeconds())}`;
const utc = (date) => date.toISOString().replace(/[-:]|\.\d+/g, "");

export function addDays(date, count) {
  const moved = new Date(date);
  moved.setDate(moved.getDate() + count);
  return moved;
}

// Monday is 1 and Sunday 7, as in a programme's address.
export function weekday(date) {
  return date.getDay() || 7;
}

export const digest = (text) =>
  [...text].reduce((sum, sign) => (sum * 31 + sign.codePointAt(0)) % 2 ** 32, 7);

const wholeDay = (date) => [
  `DTSTART;VALUE=DATE:${compact(date)}`,
  `DTEND;VALUE=DATE:${compact(addDays(date, 1))}`,
];
const timed = (date, minutes) => [
  `DTSTART:${floating(date)}`,
  `DTEND:${floating(new Date(date.getTime() + minutes * 60000))}`,
];
const alarm = (summary) => [
  "BEGIN:VALARM",
  "ACTION:DISPLAY",
  `DESCRIPTION:${escaped(summary)}`,
  "TRIGGER:PT0M",
  "END:VALARM",
];

function eventLines(turn, event, now) {
  const { key, on, minutes, weeks, summary, description = "", cancelled } = event;
  return [
    "BEGIN:VEVENT",
    `UID:${turn.plan}-${key}@strideguide`,
    `SEQUENCE:${turn.sequence}`,
    `DTSTAMP:${utc(now)}`,
    `LAST-MODIFIED:${utc(now)}`,
    ...(minutes ? timed(on, minutes) : wholeDay(on)),
    ...(weeks ? [`RRULE:FREQ=WEEKLY;COUNT=${weeks}`] : []),
    `SUMMARY:${escaped(summary)}`,
    ...(description ? [`DESCRIPTION:${escaped(description)}`] : []),
    `STATUS:${cancelled ? "CANCELLED" : "CONFIRMED"}`,
    "TRANSP:TRANSPARENT",
    ...(minutes && !cancelled ? alarm(summary) : []),
    "END:VEVENT",
  ];
}

// Events: `{ key, on: Date, minutes, weeks, summary, description, cancelled }`. Without `minutes`
// one lasts all day and is silent; with `weeks` it repeats weekly. By plan and key a calendar knows
// an event again, and replaces it because the sequence has grown.
export function calendarText(turn, events, now = new Date()) {
  const all = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//StrideGuide//Programme//EN",
    ...events.flatMap((event) => eventLines(turn, event, now)),
    "END:VCALENDAR",
    "",
  ];
  return all.map(folded).join("\r\n");
}

export function download(name, type, content) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
