// Views that a reader saves by name: a page with its address, in the browser's own storage and nowhere else.
// The script stands inside the panel of saved_views.html, whose data-base is the address of the dashboard.
(() => {
  const STORE = "cxdata-views";
  const MOST = 100;
  const LONGEST = 4000;
  const panel = document.currentScript.parentElement;
  const base = panel.querySelector("[data-base]").dataset.base;
  const find = (selector) => panel.querySelector(selector);
  const say = (words) => { find("[role=status]").textContent = words; };

  const isView = (view) =>
    typeof view?.name === "string" && view.name.trim() && view.name.length <= 60 &&
    typeof view.page === "string" && /^[a-z-]*$/.test(view.page) &&
    typeof view.query === "string" && view.query.length <= LONGEST && /^(\?.*)?$/.test(view.query);

  const read = () => {
    try {
      const found = JSON.parse(localStorage.getItem(STORE) ?? "[]");
      return Array.isArray(found) ? found.filter(isView) : [];
    } catch {
      return [];
    }
  };

  const write = (views) => {
    try {
      localStorage.setItem(STORE, JSON.stringify(views));
      show();
      return true;
    } catch {
      say("This browser stores nothing for this page, so the view is not saved. Bookmark the page instead.");
      return false;
    }
  };

  // a view of the same name is replaced
  const merge = (views, more) => {
    const named = new Map([...views, ...more].map(({ name, page, query }) => [name.trim(), { name: name.trim(), page, query }]));
    return [...named.values()].sort((one, other) => one.name.localeCompare(other.name));
  };

  const show = () => {
    find("ul").replaceChildren(...read().map((view) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = base + view.page + view.query;
      link.textContent = view.name;
      const remove = document.createElement("button");
      remove.type = "button";
      remove.textContent = "Delete";
      remove.setAttribute("aria-label", `Delete the view ${view.name}`);
      remove.addEventListener("click", () => {
        if (write(read().filter((each) => each.name !== view.name))) {
          say(`${view.name} is deleted.`);
          find("summary").focus();
        }
      });
      item.append(link, remove);
      return item;
    }));
  };

  find("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const view = { name: find("#cx-view-name").value, page: location.pathname.slice(base.length), query: location.search };
    const views = merge(read(), [view]);
    if (!isView(view)) say("The address of this page is too long to save.");
    else if (views.length > MOST) say(`A browser keeps ${MOST} views. Delete one first.`);
    else if (write(views)) {
      say(`${view.name.trim()} is saved.`);
      find("form").reset();
    }
  });

  find(".cx-view-export").addEventListener("click", () => {
    const file = new Blob([JSON.stringify({ format: "cxdata-views", views: read() }, null, 2)], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = "saved-views.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });

  find("input[type=file]").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    event.target.value = "";
    let found = [];
    try {
      const parsed = JSON.parse(await file.text());
      found = Array.isArray(parsed?.views) ? parsed.views.filter(isView) : [];
    } catch { /* it is no JSON: no view is found in it */ }
    const views = merge(read(), found);
    if (!found.length) say("No saved view is in this file. Choose a file that Export has written.");
    else if (views.length > MOST) say(`A browser keeps ${MOST} views. Delete some first.`);
    else if (write(views)) say(`Views imported: ${found.length}.`);
  });

  addEventListener("storage", (event) => { if (event.key === STORE && panel.isConnected) show(); });
  show();
})();
