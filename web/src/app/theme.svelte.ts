export type Theme = 'system' | 'light' | 'dark';

const stored = 'kansli.theme';

function initial(): Theme {
  const chosen = document.documentElement.dataset.theme;
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

class ThemeChoice {
  current = $state<Theme>(initial());

  choose(theme: Theme): void {
    this.current = theme;
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    try {
      if (theme === 'system') localStorage.removeItem(stored);
      else localStorage.setItem(stored, theme);
    } catch {
      // Without storage the choice lasts until the page is closed.
    }
  }
}

export const theme = new ThemeChoice();
