/**
 * The studio: a web app to try a config, compare answers, look at runs and at the proxy's traffic, with its JSON API as
 * `Request → Response`. The app is in `app/`, built by `scripts/build-studio.ts`.
 */
export type { SampleDocument } from './api.ts';
export { createStudio, type Studio, type StudioOptions } from './create-studio.ts';
export { createTraffic, type Traffic } from './traffic.ts';
