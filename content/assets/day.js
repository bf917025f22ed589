// The reader's own day, as 2027-01-31; toISOString would give Greenwich's.
export const iso = (date) =>
  new Date(date - date.getTimezoneOffset() * 6e4).toISOString().slice(0, 10);
