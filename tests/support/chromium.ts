/** Chromium as tests drive it; undefined where there is none. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);

export const withoutChromium = executablePath ? false : 'chromium is not installed';

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
];

/** For all that is waited for: a loaded machine takes its time. */
export const patienceMs = 180_000;

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: executablePath!, args, timeout: patienceMs });
