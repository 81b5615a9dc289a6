// Ctrl K, or Cmd K, goes to the field that searches everything. On a phone it opens the sidebar, and a search closes it.
(() => {
  if (window.cxSearchShortcut) return;
  window.cxSearchShortcut = true;
  const SLIDE = 400; // ms until the sidebar stands
  const find = () => document.querySelector(".st-key-search-words input, .st-key-search-field input");
  const press = (button) => document.querySelector(button)?.click();
  addEventListener("keydown", (event) => {
    const field = find();
    if (!field) return;
    if (event.key === "Enter" && event.target === field && field.closest("[data-testid=stSidebar]") && innerWidth < 768) {
      setTimeout(() => press("[data-testid=stSidebarCollapseButton] button"), 0);
      return;
    }
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    const isHidden = field.getBoundingClientRect().right <= 0;
    if (isHidden) press("[data-testid=stExpandSidebarButton]");
    setTimeout(() => { find()?.focus(); find()?.select(); }, isHidden ? SLIDE : 0);
  });
})();
