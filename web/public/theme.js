// Runs before the first paint, so that a chosen theme never flashes into view. `theme-choice.ts` writes the same keys.
(() => {
  try {
    const theme = localStorage.getItem('theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
    if (localStorage.getItem('contrast') === 'more') document.documentElement.dataset.contrast = 'more';
  } catch {
    // Storage is blocked: the system's choice stands.
  }
})();
