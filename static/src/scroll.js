// A table that is wider than its place can be scrolled by keyboard too.
export function letKeyboardScroll(region) {
  const title = region.querySelector("caption").textContent.trim().replace(/\s+/g, " ");
  new ResizeObserver(() => {
    if (region.scrollWidth > region.clientWidth) {
      region.tabIndex = 0;
      region.setAttribute("role", "region");
      region.setAttribute("aria-label", title);
    } else {
      for (const name of ["tabindex", "role", "aria-label"]) region.removeAttribute(name);
    }
  }).observe(region);
}
