// A page that was built before its review ran out ages in the reader's browser: once the day
// has passed, the sentence that says so is shown. Without scripts the due date itself shows.
import { iso } from "./day.js";

function age() {
  const today = iso(new Date());
  for (const line of document.querySelectorAll("[data-due]")) {
    const overdue = line.dataset.due < today;
    line.classList.toggle("sg-review--overdue", overdue);
    line.querySelector("[data-overdue]").hidden = !overdue;
  }
}

age();
