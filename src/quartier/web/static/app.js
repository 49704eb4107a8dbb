// What makes pages more pleasant where there is script; nothing here is needed for anything to work.
document.addEventListener("focusin", (event) => {
  if (event.target.matches && event.target.matches("input.copy")) event.target.select();
});
// A form that is sent twice by an impatient hand is sent once.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 4000);
});
