/** The few signs of the app, drawn as lines of one weight. */
import type { JSX } from 'preact';

const paths = {
  try: 'M5 3h9l5 5v13H5z M14 3v5h5 M8 12h8 M8 16h8',
  ask: 'M4 5h16v11H10l-5 4v-4H4z',
  runs: 'M4 20V10 M10 20V4 M16 20v-7 M21 20H3',
  traffic: 'M4 8h14l-4-4 M20 16H6l4 4',
  open: 'M4 7h6l2 2h8v10H4z',
  paste: 'M8 5H5v16h14V5h-3 M9 3h6v4H9z',
  sample: 'M12 3l2.6 5.9 6.4.6-4.8 4.3 1.4 6.3L12 16.8 6.4 20.1l1.4-6.3L3 9.5l6.4-.6z',
  save: 'M12 4v11 M7 11l5 5 5-5 M5 20h14',
  note: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z M12 8v.5 M12 11.5V16',
  warning: 'M12 4l9 16H3z M12 10v4.5 M12 17.2v.3',
  fine: 'M5 12.5l4.5 4.5L19 7.5',
  smaller: 'M6 12h12',
  larger: 'M6 12h12 M12 6v12',
  close: 'M6 6l12 12 M18 6L6 18',
  refresh: 'M19 12a7 7 0 1 1-2-4.9 M19 4v4h-4',
  alone: 'M14 4h6v6 M20 4l-9 9 M18 14v6H4V6h6',
  light:
    'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z M12 2v2 M12 20v2 M2 12h2 M20 12h2 M5 5l1.5 1.5 M17.5 17.5L19 19 M5 19l1.5-1.5 M17.5 6.5L19 5',
  dark: 'M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z',
  auto: 'M12 4a8 8 0 1 0 0 16z M12 4a8 8 0 0 1 0 16',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
