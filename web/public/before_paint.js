// Runs before the first paint, so that a chosen theme or language never flashes by in the other one.
(function () {
  try {
    var theme = localStorage.getItem('kansli.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
    var language = localStorage.getItem('kansli.language');
    if (language === 'sv' || language === 'en') document.documentElement.lang = language;
  } catch {
    // Storage may be switched off; then the system's theme and Swedish apply.
  }
})();
