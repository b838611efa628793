/** The table of model families as rows for a person or a program to read. */
import { builtInFamilies } from './families.ts';
import { type Basis, type FamilyTable, type ModelLimits, type SettingName, settingNames } from './family.ts';

export interface ModelRow {
  readonly family: string;
  readonly title: string;
  readonly models: readonly string[];
  readonly prefixes: readonly string[];
  /** The rule's kind, e.g. "rounded-grid". */
  readonly rule: string;
  readonly basis: Basis;
  readonly perImageOverhead: number;
  readonly settings: readonly {
    readonly name: SettingName;
    readonly default: string;
    readonly values: readonly string[];
  }[];
  readonly limits: ModelLimits;
  readonly source: string;
  readonly notes: string;
}

/** One row a family, in the table's order. */
export function modelTable(table: FamilyTable = builtInFamilies): ModelRow[] {
  return table.families.map(family => ({
    family: family.id,
    title: family.title,
    models: family.models,
    prefixes: family.prefixes,
    rule: family.rule.kind,
    basis: family.basis,
    perImageOverhead: family.perImageOverhead,
    settings: settingNames.flatMap(name => {
      const setting = family.settings?.[name];
      return setting === undefined
        ? []
        : [{ name, default: setting.default, values: Object.keys(setting.values) }];
    }),
    limits: family.limits ?? {},
    source: family.source,
    notes: family.notes ?? '',
  }));
}
