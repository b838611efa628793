/**
 * Credentials that tell by their own look what they are: a vendor's prefix, then random characters. One row a kind;
 * formats as the vendors document them, lengths as lower bounds so that longer keys of tomorrow are taken whole.
 */

export interface VendorKey {
  readonly kind: string;
  /** How it begins. */
  readonly starts: readonly [string, ...string[]];
  /** Source of a regular expression, to follow `keyStart`. Unbounded only at its end, so that search is linear. */
  readonly pattern: string;
}

/** No letter or digit before, unless it belongs to an escape: `\\nghp_…`, `%3Dghp_…`. */
export const keyStart = '(?:(?<![A-Za-z0-9])|(?<=\\\\[nrt]|%[0-9A-Fa-f]{2}))';

const random = '[\\w-]';

export const vendorKeys = [
  { kind: 'anthropic-key', starts: ['sk-ant-'], pattern: `sk-ant-${random}{16,}` },
  { kind: 'openrouter-key', starts: ['sk-or-'], pattern: `sk-or-${random}{16,}` },
  {
    kind: 'openai-key',
    starts: ['sk-'],
    pattern: `sk-(?:proj|svcacct|admin|None)-${random}{16,}|sk-(?=[a-z-]{0,19}[A-Z0-9])[A-Za-z0-9]${random}{18,}`,
  },
  { kind: 'google-key', starts: ['AIza'], pattern: `AIza${random}{30,}` },
  {
    kind: 'google-oauth',
    starts: ['ya29.', 'GOCSPX-'],
    pattern: `ya29\\.${random}{20,}|GOCSPX-${random}{20,}`,
  },
  {
    kind: 'aws-key',
    starts: ['AKIA', 'ASIA', 'ABIA', 'ACCA'],
    // Its secret, where it stands beside the id as in the console's CSV file.
    pattern: `(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}(?:["' \\t,;:|]{1,6}[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+]))?`,
  },
  { kind: 'github-token', starts: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], pattern: 'gh[pousr]_\\w{20,}' },
  { kind: 'github-token', starts: ['github_pat_'], pattern: 'github_pat_\\w{20,}' },
  {
    kind: 'gitlab-token',
    starts: ['glpat-', 'gldt-', 'glrt-', 'glptt-', 'glcbt-', 'gloas-', 'glsoat-'],
    pattern: `gl(?:pat|dt|rt|ptt|cbt|oas|soat)-[\\w.-]{16,}`,
  },
  {
    kind: 'slack-token',
    starts: ['xoxa-', 'xoxb-', 'xoxe-', 'xoxe.', 'xoxo-', 'xoxp-', 'xoxr-', 'xoxs-', 'xapp-'],
    pattern: `(?:xox[abeoprs](?:\\.xox[bp])?|xapp)-[\\w-]{10,}`,
  },
  {
    kind: 'webhook',
    starts: ['hooks.slack.com/', 'discord.com/api/webhooks/', 'discordapp.com/api/webhooks/'],
    pattern: '(?:hooks\\.slack\\.com|discord(?:app)?\\.com/api/webhooks)/[\\w/+-]{20,}',
  },
  {
    kind: 'stripe-key',
    starts: ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'whsec_'],
    pattern: '(?:[sr]k_(?:live|test)|whsec)_\\w{10,}',
  },
  { kind: 'npm-token', starts: ['npm_'], pattern: 'npm_[A-Za-z0-9]{30,}' },
  { kind: 'pypi-token', starts: ['pypi-'], pattern: `pypi-${random}{50,}` },
  { kind: 'huggingface-token', starts: ['hf_'], pattern: 'hf_[A-Za-z0-9]{30,}' },
  { kind: 'sendgrid-key', starts: ['SG.'], pattern: `SG\\.${random}{16,}\\.${random}{16,}` },
  { kind: 'mailgun-key', starts: ['key-'], pattern: 'key-[0-9a-f]{32,}' },
  { kind: 'twilio-key', starts: ['SK'], pattern: 'SK[0-9a-f]{32,}' },
  {
    kind: 'digitalocean-token',
    starts: ['dop_v1_', 'doo_v1_', 'dor_v1_'],
    pattern: 'do[opr]_v1_[0-9a-f]{32,}',
  },
  { kind: 'databricks-token', starts: ['dapi'], pattern: 'dapi[0-9a-f]{32,}(?:-\\d)?' },
  { kind: 'atlassian-token', starts: ['ATATT3', 'ATCTT3'], pattern: `AT[AC]TT3[\\w=-]{40,}` },
  {
    kind: 'shopify-token',
    starts: ['shpat_', 'shpca_', 'shppa_', 'shpss_'],
    pattern: 'shp(?:at|ca|pa|ss)_\\w{32,}',
  },
  { kind: 'square-token', starts: ['sq0', 'EAAA'], pattern: `sq0[a-z]{3}-${random}{20,}|EAAA${random}{56,}` },
  { kind: 'vault-token', starts: ['hvs.', 'hvb.'], pattern: `hv[sb]\\.${random}{20,}` },
  { kind: 'docker-token', starts: ['dckr_'], pattern: `dckr_(?:pat|oat)_${random}{20,}` },
  { kind: 'linear-key', starts: ['lin_api_'], pattern: 'lin_api_\\w{30,}' },
  { kind: 'notion-token', starts: ['ntn_', 'secret_'], pattern: '(?:ntn|secret)_[A-Za-z0-9]{40,}' },
  { kind: 'groq-key', starts: ['gsk_'], pattern: 'gsk_\\w{30,}' },
  { kind: 'xai-key', starts: ['xai-'], pattern: `xai-${random}{40,}` },
  { kind: 'perplexity-key', starts: ['pplx-'], pattern: 'pplx-\\w{30,}' },
  { kind: 'replicate-token', starts: ['r8_'], pattern: 'r8_\\w{30,}' },
  { kind: 'postman-key', starts: ['PMAK-'], pattern: `PMAK-${random}{30,}` },
  { kind: 'newrelic-key', starts: ['NRAK-'], pattern: 'NRAK-\\w{20,}' },
  { kind: 'grafana-token', starts: ['glc_', 'glsa_'], pattern: 'gl(?:c|sa)_[\\w+/=]{30,}' },
  { kind: 'age-key', starts: ['AGE-SECRET-KEY-1'], pattern: 'AGE-SECRET-KEY-1[A-Z0-9]{40,}' },
  // Base64 of `{"`: signed and encrypted tokens, cut ones too.
  { kind: 'jwt', starts: ['eyJ'], pattern: `eyJ${random}{16,}(?:\\.${random}*){0,4}` },
] as const satisfies readonly VendorKey[];
