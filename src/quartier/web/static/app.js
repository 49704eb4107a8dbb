// What makes pages more pleasant where there is script; nothing here is needed for anything to work.
(() => {
  "use strict";

  // What is there to be copied is chosen whole when it gets the focus.
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("input.copy")) event.target.select();
  });

  // A form that is sent twice by an impatient hand is sent once.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 4000);
  });

  // A menu closes by Escape, or when something else is pressed; the focus goes back to what opened it.
  const close = (menus) => {
    for (const menu of menus) {
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
    }
  };
  const opened = () => [...document.querySelectorAll("details.menu[open]")];
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(opened());
  });
  document.addEventListener("click", (event) => close(opened().filter((menu) => !menu.contains(event.target))));

  // On a phone the row of tabs is wider than the page: the one that is open is seen.
  for (const tabs of document.querySelectorAll(".tabs")) {
    const here = tabs.querySelector("[aria-current]");
    if (here) tabs.scrollLeft = here.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - here.offsetWidth) / 2;
  }

  // What is wrong is read first.
  document.querySelector(".summary")?.focus();
})();
