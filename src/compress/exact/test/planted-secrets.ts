/** Secrets of every kind, made at random, in the words that stand around them. */
import type { Random } from '../../../base/index.ts';
import type { SecretKind } from '../redact.ts';
import { characters } from './planted.ts';

const lower = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
const alphanumeric = lower + lower.toUpperCase() + digits;
const urlSafe = `${alphanumeric}_-`;

/** The secret and the text it stands in. */
export interface PlantedSecret {
  readonly secret: string;
  readonly context: string;
}

type Maker = (random: Random) => PlantedSecret;

const bare =
  (make: (random: Random) => string): Maker =>
  random => {
    const secret = make(random);
    return { secret, context: secret };
  };
const within =
  (before: string, make: (random: Random) => string, after = ''): Maker =>
  random => {
    const secret = make(random);
    return { secret, context: before + secret + after };
  };

/** Letters, a digit for sure. */
const key = (alphabet: string, length: number) => (random: Random) =>
  `${characters(random, alphabet, length - 2)}7${characters(random, alphabet.replace(/[_-]/g, ''), 1)}`;
const prefixed = (prefix: string, length: number, alphabet = alphanumeric) =>
  bare(random => prefix + key(alphabet, length)(random));

const pem =
  (newline: string, end: 'whole' | 'cut'): Maker =>
  random => {
    const lines = Array.from({ length: 12 }, () => characters(random, `${alphanumeric}+/`, 64));
    const secret = [
      '-----BEGIN RSA PRIVATE KEY-----',
      ...lines,
      ...(end === 'whole' ? ['-----END RSA PRIVATE KEY-----'] : []),
    ].join(newline);
    return { secret, context: secret };
  };

const password = (random: Random) =>
  `${characters(random, lower, 5)}${characters(random, '!#%*~', 1)}${key(alphanumeric, 6)(random)}`;
const phrase = (random: Random) =>
  Array.from({ length: 4 }, () => characters(random, lower, random.integer(4, 8))).join(' ');

export const secretMakers: Readonly<Record<SecretKind, readonly Maker[]>> = {
  'anthropic-key': [prefixed('sk-ant-api03-', 90, urlSafe)],
  'openrouter-key': [prefixed('sk-or-v1-', 64, '0123456789abcdef')],
  'openai-key': [
    prefixed('sk-proj-', 80, urlSafe),
    prefixed('sk-', 48),
    prefixed('sk-svcacct-', 60, urlSafe),
  ],
  'google-key': [prefixed('AIza', 35, urlSafe)],
  'google-oauth': [prefixed('ya29.', 100, urlSafe), prefixed('GOCSPX-', 28, urlSafe)],
  'aws-key': [
    bare(r => `AKIA${characters(r, `${lower.toUpperCase()}234567`, 16)}`),
    bare(
      r =>
        `ASIA${characters(r, `${lower.toUpperCase()}234567`, 16)},${characters(r, `${alphanumeric}+/`, 40)}`,
    ),
  ],
  'github-token': [
    prefixed('ghp_', 36),
    prefixed('gho_', 36),
    prefixed('ghs_', 36),
    prefixed('github_pat_', 82),
  ],
  'gitlab-token': [prefixed('glpat-', 20, urlSafe)],
  'slack-token': [prefixed('xoxb-123456789012-', 24), prefixed('xapp-1-A012-', 40)],
  webhook: [
    within('https://', r => `hooks.slack.com/services/T012AB/B012CD/${key(alphanumeric, 24)(r)}`),
    within('https://', r => `discord.com/api/webhooks/123456789/${key(urlSafe, 68)(r)}`),
  ],
  'stripe-key': [prefixed('sk_live_', 24), prefixed('rk_live_', 24), prefixed('whsec_', 32)],
  'npm-token': [prefixed('npm_', 36)],
  'pypi-token': [prefixed('pypi-', 120, urlSafe)],
  'huggingface-token': [prefixed('hf_', 34)],
  'sendgrid-key': [bare(r => `SG.${key(urlSafe, 22)(r)}.${key(urlSafe, 43)(r)}`)],
  'mailgun-key': [prefixed('key-', 32, '0123456789abcdef')],
  'twilio-key': [prefixed('SK', 32, '0123456789abcdef')],
  'telegram-token': [bare(r => `${characters(r, '123456789', 10)}:AA${key(urlSafe, 33)(r)}`)],
  'azure-key': [bare(r => `${characters(r, alphanumeric, 3)}8Q~${key(urlSafe, 34)(r)}`)],
  'digitalocean-token': [prefixed('dop_v1_', 64, '0123456789abcdef')],
  'databricks-token': [prefixed('dapi', 32, '0123456789abcdef')],
  'atlassian-token': [prefixed('ATATT3', 180, urlSafe)],
  'shopify-token': [prefixed('shpat_', 32, '0123456789abcdef')],
  'square-token': [prefixed('sq0atp-', 22, urlSafe)],
  'vault-token': [prefixed('hvs.', 90, urlSafe)],
  'docker-token': [prefixed('dckr_pat_', 27, urlSafe)],
  'linear-key': [prefixed('lin_api_', 40)],
  'notion-token': [prefixed('ntn_', 46), prefixed('secret_', 43)],
  'groq-key': [prefixed('gsk_', 52)],
  'xai-key': [prefixed('xai-', 80)],
  'perplexity-key': [prefixed('pplx-', 48)],
  'replicate-token': [prefixed('r8_', 37)],
  'postman-key': [prefixed('PMAK-', 59, '0123456789abcdef')],
  'newrelic-key': [prefixed('NRAK-', 27, lower.toUpperCase() + digits)],
  'grafana-token': [prefixed('glsa_', 41)],
  'age-key': [prefixed('AGE-SECRET-KEY-1', 58, 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L')],
  jwt: [
    bare(r => `eyJ${key(urlSafe, 33)(r)}.eyJ${key(urlSafe, 80)(r)}.${key(urlSafe, 43)(r)}`),
    bare(r => `eyJ${key(urlSafe, 33)(r)}`),
  ],
  'private-key': [
    pem('\n', 'whole'),
    pem('\r\n', 'whole'),
    pem('\\n', 'whole'),
    pem('\n    ', 'whole'),
    pem('\n', 'cut'),
  ],
  authorization: [
    within('Authorization: Bearer ', key(alphanumeric, 40)),
    within('authorization: Basic ', r => `${key(alphanumeric, 22)(r)}==`),
    within('-H "Authorization: Token ', key(alphanumeric, 12), '"'),
    within("{ Authorization: 'Bearer ", key(`${urlSafe}.`, 30), "' }"),
    within('Bearer ', key(alphanumeric, 24)),
    within('Authorization: Digest ', r => `username="me", response="${key(alphanumeric, 32)(r)}"`),
  ],
  password: [
    within('postgres://admin:', r => password(r).replace('#', ''), '@db.example.com:5432/app'),
    within('https://me:', r => `${characters(r, lower, 4)}@${characters(r, lower, 4)}`, '@example.com'),
    within('password=', password),
    within('"password": "', phrase, '",'),
    within("DB_PASSWORD='", r => `${phrase(r)}\\'${phrase(r)}`, "'"),
    within('PGPASSWORD=', r => characters(r, lower, 8)),
    within('passwd: ', password),
    within('user_pass = "', password, '"'),
    within('?user=a&password=', r => characters(r, lower, 9), '&b=1'),
    within('{\\"password\\": \\"', phrase, '\\"}'),
    within('密码：', r => key(alphanumeric, 8)(r)),
    within('The password is ', r => key(alphanumeric, 10)(r)),
    within('curl -u admin:', password),
  ],
  secret: [
    within('api_key: "', key(alphanumeric, 20), '"'),
    within('SECRET_TOKEN=', r => characters(r, lower, 12)),
    within('SECRET_TOKEN="', r => characters(r, lower, 12), '"'),
    within('export API_KEY=', key(alphanumeric, 16)),
    within('aws_secret_access_key = ', key(`${alphanumeric}+/`, 40)),
    within("clientSecret: '", key(alphanumeric, 30), "',"),
    within('x-api-key: ', key(alphanumeric, 24)),
    within('"access_token":"', key(alphanumeric, 32), '"'),
    within('secret_key: "', r => `${phrase(r)} 9`, '"'),
    within('AccountKey=', r => `${key(`${alphanumeric}+/`, 86)(r)}==`, ';EndpointSuffix=x'),
    within('https://', r => key('0123456789abcdef', 32)(r), '@o1.ingest.example.com/2'),
    within('tool --api-key ', key(alphanumeric, 20)),
    within('deploy --token "', r => `${phrase(r)} 9`, '"'),
  ],
};
