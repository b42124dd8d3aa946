/** The browser of the walk, and what is looked for on every page that it takes a picture of. */

import { existsSync } from 'node:fs';
import { SetupError } from '../prepare/setup-error.mjs';

export async function openBrowser() {
  const file = [process.env.CHROMIUM_PATH ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
    (each) => each !== '' && existsSync(each),
  );
  if (file === undefined)
    throw new SetupError('Cannot take pictures: no Chromium is here; install one, or name it by CHROMIUM_PATH');
  const { chromium } = await import('playwright-core');
  return chromium.launch({ executablePath: file, args: ['--no-sandbox', '--disable-gpu'] });
}

/** A window, and a phone of 390 pixels. */
export const screens = [
  { screen: 'desktop', viewport: { width: 1280, height: 900 } },
  { screen: 'phone', viewport: { width: 390, height: 844 } },
];

/** What is wrong on a page whatever it shows: parts wider than the screen, and pictures that say nothing to a screen reader. */
export function findFaults(page, { screen, isOurs = true }) {
  return page.evaluate(
    ({ name, ours }) => {
      const wide = document.scrollingElement.scrollWidth - document.documentElement.clientWidth;
      const mute = [...document.querySelectorAll('img')].filter(
        (image) => image.offsetParent !== null && image.width > 1 && !(image.alt || image.getAttribute('aria-label')),
      );
      return [
        ...(ours && wide > 1 ? [`${name}: ${wide} pixels wider than the screen`] : []),
        ...(mute.length > 0 ? [`${name}: ${mute.length} pictures without alt text`] : []),
      ];
    },
    { name: screen, ours: isOurs },
  );
}
