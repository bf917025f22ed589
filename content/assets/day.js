// The reader's own day, as 2027-01-31; toISOString would give Greenwich's.
export const iso = (date) =>
  new Date(date - date.getTimezoneOffset() * 6e4).toISOString().slice(0, 10);

// The day so many days later. At noon, no change of the clocks moves the day.
export const daysLater = (day, count) => iso(new Date(Date.parse(`${day}T12:00`) + count * 864e5));

// "Mon, Jan 31", as the page's language writes it.
export const dayText = (day) =>
  new Date(`${day}T12:00`).toLocaleDateString(document.documentElement.lang || "en", {
    weekday: "short",
    day: "numeric",
    month: "short",
  });
