/** Server-sent events as text, the way vendors write them. */

/** Each value as the data of an event; a string goes as it is. @param nameOf the event's name, where the vendor sends one */
export function eventStream(
  values: readonly unknown[],
  nameOf: (value: unknown) => string | undefined = () => undefined,
): string {
  return values
    .map(value => {
      const name = nameOf(value);
      const data = typeof value === 'string' ? value : JSON.stringify(value);
      return `${name === undefined ? '' : `event: ${name}\n`}data: ${data}\n\n`;
    })
    .join('');
}
