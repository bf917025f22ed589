// What this device has put into calendars so far: `settings.calendar` of the reader's document is
// `{ id, sequence, slots }`, with the keys of each plan's last export in `slots`.
import { readState } from "./state.js";
import { change } from "./store.js";

const isKey = (key) => /^[\w-]{1,20}$/.test(key);

// An export's turn. `plan` names what is exported; without it, it is the reader's own plan, by an
// id that is made once. `gone` are the keys of the last export that this one has no event for.
export function takeTurn(keys, plan) {
  const { settings } = readState();
  const before = settings.calendar ?? {};
  const id = String(before.id ?? crypto.randomUUID?.() ?? Date.now()).replace(/[^\w-]/g, "");
  const sequence = (Number(before.sequence) || 0) + 1;
  const name = plan ?? id;
  const gone = [before.slots?.[name] ?? []]
    .flat()
    .filter((key) => isKey(key) && !keys.includes(key));
  const slots = { ...before.slots, [name]: keys };
  change({ settings: { ...settings, calendar: { id, sequence, slots } } });
  return { plan: name, sequence, gone };
}
