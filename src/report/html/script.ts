/** The page's script: filters, print, saving the data. The page reads in full without it. */
export const SCRIPT = `
"use strict";
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  for (const section of all("section[data-app]")) {
    const bar = section.querySelector(".filters");
    const rows = all(".matrix tbody", section);
    if (bar === null || rows.length === 0) continue;
    const buttons = all("button", bar);
    const search = bar.querySelector("input");
    const status = section.querySelector("[role=status]");
    let wanted = "all";
    const apply = () => {
      const text = search.value.trim().toLowerCase();
      let shown = 0;
      for (const row of rows) {
        const tags = row.dataset.tags.split(" ");
        const visible = (wanted === "all" || tags.includes(wanted)) && row.dataset.scope.toLowerCase().includes(text);
        row.hidden = !visible;
        if (visible) shown += 1;
      }
      for (const button of buttons) button.setAttribute("aria-pressed", String(button.value === wanted));
      status.textContent = shown + " of " + rows.length + " scopes shown";
    };
    for (const button of buttons) button.addEventListener("click", () => { wanted = button.value; apply(); });
    search.addEventListener("input", apply);
    bar.hidden = false;
    apply();
  }

  const show = () => {
    const target = location.hash === "" ? null : document.getElementById(location.hash.slice(1));
    if (target === null) return;
    target.hidden = false;
    for (const details of all("details", target)) details.open = true;
  };
  addEventListener("hashchange", show);
  show();

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    for (const details of closed) details.open = true;
  });
  addEventListener("afterprint", () => { for (const details of closed) details.open = false; });

  const save = document.querySelector(".save");
  save.hidden = false;
  save.addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([document.getElementById("report").textContent], { type: "application/json" }));
    link.download = "klaviyo-scopes-report.json";
    link.click();
    URL.revokeObjectURL(link.href);
  });
})();
`;
