// Calendar files (RFC 5545).
import { iso } from "./day.js";

function escaped(text) {
  return text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\n/g, "\\n");
}

// Lines of more than 75 octets go on in the next line, which starts with a blank.
function folded(line) {
  const parts = [];
  let part = "";
  let octets = 0;
  for (const sign of line) {
    const size = new TextEncoder().encode(sign).length;
    if (octets + size > 74) {
      parts.push(part);
      part = " ";
      octets = 1;
    }
    part += sign;
    octets += size;
  }
  return [...parts, part].join("\r\n");
}

const compact = (date) => iso(date).replaceAll("-", "");

export function addDays(date, count) {
  const moved = new Date(date);
  moved.setDate(moved.getDate() + count);
  return moved;
}

// Monday is 1 and Sunday 7, as in a programme's address.
export function weekday(date) {
  return date.getDay() || 7;
}

const digest = (text) =>
  [...text].reduce((sum, sign) => (sum * 31 + sign.codePointAt(0)) % 2 ** 32, 7).toString(36);

// Whole-day events: `{ key, on: Date, summary, description, weeks }`; with `weeks` one repeats
// weekly. A calendar takes an event of the same plan and key for the same one, and renews it.
export function calendarText(plan, events, today = new Date()) {
  const lines = events.flatMap(({ key, on, summary, description, weeks }) => [
    "BEGIN:VEVENT",
    `UID:${digest(plan)}-${key}@strideguide`,
    `DTSTAMP:${compact(today)}T000000Z`,
    `DTSTART;VALUE=DATE:${compact(on)}`,
    `DTEND;VALUE=DATE:${compact(addDays(on, 1))}`,
    ...(weeks ? [`RRULE:FREQ=WEEKLY;COUNT=${weeks}`] : []),
    `SUMMARY:${escaped(summary)}`,
    `DESCRIPTION:${escaped(description)}`,
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ]);
  const all = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//StrideGuide//Programme//EN",
    ...lines,
    "END:VCALENDAR",
    "",
  ];
  return all.map(folded).join("\r\n");
}

export function download(name, type, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
