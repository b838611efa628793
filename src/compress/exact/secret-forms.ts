/**
 * What a secret looks like by itself or by what stands around it, one row a form. Assignments (`password = …`) need
 * more judgement and have their own file.
 */
import { keyStart, vendorKeys } from './vendor-keys.ts';

export interface SecretForm {
  readonly kind: string;
  /** Where to try the pattern: at each of these texts, as written. */
  readonly starts: readonly [string, ...string[]];
  /**
   * Sticky. A group `keep` at its start is context, not secret; a group `before`, captured by looking behind, is
   * secret too. As for `Form`, linear on any text.
   */
  readonly pattern: RegExp;
}

const raw = String.raw;

const keyName = '[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----';
const keyEnd = raw`(?:(?!-----)[\s\S]){0,20000}-----END ${keyName}`;
/** Of a key whose end is missing: lines of nothing but base64, and the header lines before them. */
const keyLine = raw`(?:Proc-Type|DEK-Info|Version|Comment): [^\r\n\\]{0,200}|[A-Za-z0-9+/=]{20,}|[A-Za-z0-9+/=]{1,19}(?=[\r\n"'\\]|$)`;
const keyLines = raw`(?:(?:\\[nr]|\s){1,4}[ \t>|*#"'+]{0,20}(?:${keyLine})["',+ \t]{0,6})*`;

const scheme = 'Bearer|Basic|Token|Bot|ApiKey|Api-Key|Negotiate|NTLM|SSWS|GenieKey';
const credential = raw`[A-Za-z0-9._~+/=:|-]`;
const toAuthorization = raw`uthorization\\{0,3}["']?[ \t]{0,3}[:=][ \t]{0,3}\\{0,3}["'\x60]?`;
const flagName = 'pass(?:word|wd|phrase)?|secret|token|api-?key|access-?key';

export const secretForms = [
  ...vendorKeys.map(({ kind, starts, pattern }) => ({
    kind,
    starts,
    pattern: new RegExp(`${keyStart}(?:${pattern})`, 'y'),
  })),
  { kind: 'telegram-token', starts: [':AA'], pattern: /(?<=(?<!\d)(?<before>\d{8,10})):AA[\w-]{32,}/y },
  { kind: 'azure-key', starts: ['Q~'], pattern: /(?<=(?<![\w~.])(?<before>[\w~.]{3}\d))Q~[\w~.-]{31,}/y },
  {
    kind: 'private-key',
    starts: ['-----BEGIN '],
    pattern: new RegExp(`-----BEGIN ${keyName}(?:${keyEnd}|${keyLines})`, 'y'),
  },
  // The same in base64, as Kubernetes keeps it; certificates are public.
  {
    kind: 'private-key',
    starts: ['LS0tLS1CRUdJTi'],
    pattern: /LS0tLS1CRUdJTi(?!BDRVJU)[A-Za-z0-9+/]{16,}={0,2}/y,
  },
  {
    kind: 'authorization',
    starts: ['uthorization', 'UTHORIZATION'],
    pattern: new RegExp(raw`(?<keep>${toAuthorization}(?:${scheme})[ \t]{1,3})${credential}{6,}`, 'iy'),
  },
  {
    kind: 'authorization',
    starts: ['uthorization', 'UTHORIZATION'],
    pattern: new RegExp(
      raw`(?<keep>${toAuthorization}(?:Digest|OAuth|Hawk|AWS4-HMAC-SHA256)[ \t])[^\r\n]{1,2000}`,
      'iy',
    ),
  },
  {
    kind: 'authorization',
    starts: ['earer '],
    pattern: new RegExp(raw`(?<=[Bb])(?<keep>earer {1,3})(?=[^\s\d]{0,200}\d)${credential}{16,}`, 'y'),
  },
  {
    kind: 'password',
    starts: ['://'],
    pattern:
      /(?<keep>:\/\/[^\s/:@?#"'<>]{0,128}:)(?!\d{1,5}[/?#]|\$\{)(?:[^\s/"'<>]{1,1024}|[^\s"'<>]{1,1024})(?=@[\w[$])/y,
  },
  { kind: 'secret', starts: ['://'], pattern: /(?<keep>:\/\/)(?=[A-Za-z_-]{0,64}\d)[\w-]{20,}(?=@\w)/y },
  {
    kind: 'secret',
    starts: ['--'],
    pattern: new RegExp(
      raw`(?<keep>--(?:[a-z]{1,20}-){0,3}(?:${flagName})[= ]{1,2})(?![$<{%-])(?:"[^"\r\n]{4,}"?|'[^'\r\n]{4,}'?|(?=[^\s\d]{0,200}\d)[^\s"']{4,})`,
      'y',
    ),
  },
  { kind: 'password', starts: ['-u '], pattern: /(?<=\s)(?<keep>-u {1,2}["']?[\w.@-]{1,64}:)[^\s"']+/y },
  {
    kind: 'secret',
    starts: ['AccountKey=', 'AccessKey=', '?sig=', '&sig='],
    pattern: /(?<keep>[?&]?\w{3,10}=)[A-Za-z0-9+/%]{20,}={0,2}/y,
  },
] as const satisfies readonly SecretForm[];
