import { mount } from 'svelte';
import App from './app/App.svelte';
import { language } from './app/language.svelte';
import { loadPage } from './app/pages';
import { place } from './app/place.svelte';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/plot.css';

const target = document.getElementById('app');

// What the first page needs beside the program itself: its own code, and its language.
Promise.all([loadPage(place.current.page), language.ready()])
  .catch(() => undefined)
  .finally(() => {
    if (target) mount(App, { target });
  });
