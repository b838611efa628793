/** Leaves out the fields that are undefined: what a caller did not ask for is not sent. */

export type Present<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

export function present<Fields extends object>(fields: Fields): Present<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Present<Fields>;
}
