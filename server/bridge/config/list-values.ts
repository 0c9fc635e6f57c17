import {
  SIGNATURE_FORMS,
  USUAL_SIGNATURE_FORMS,
  isSignatureForm,
  type SignatureForm,
  type SignaturePolicy,
} from '../webhooks/signature-forms.ts';
import type { SettingReader } from './setting-values.ts';
import { StartError } from './start-error.ts';

const ALLOWED_HOST = /^(\*|(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*)$/;

/** Host names without port, separated by commas; `*.example.com` is every name below it, `*` any name. */
export const allowedHosts: SettingReader<readonly string[]> = (value) => {
  const names = itemsOf(value);
  if (names?.every((name) => name.length <= 253 && ALLOWED_HOST.test(name))) return names;
  throw new StartError(
    'must be host names without scheme and port, separated by commas, such as demo.example.com,*.ngrok-free.app',
  );
};

/** Forms of signatures, separated by commas; `<app key>:<form>` is taken of that app in place of the others. */
export const signaturePolicy: SettingReader<SignaturePolicy> = (value) => {
  const usual = new Set<SignatureForm>();
  const byApp = new Map<string, readonly SignatureForm[]>();
  for (const { appKey, form } of (itemsOf(value) ?? []).map(toAppForm)) {
    if (appKey === undefined) usual.add(form);
    else byApp.set(appKey, [...(byApp.get(appKey) ?? []), form]);
  }
  if (usual.size === 0 && byApp.size === 0) throw new StartError(SIGNATURE_WORDS);
  return { usual: usual.size === 0 ? USUAL_SIGNATURE_FORMS : [...usual], byApp };
};

function toAppForm(item: string): { readonly appKey: string | undefined; readonly form: SignatureForm } {
  const [, appKey, form = ''] = /^(?:([a-z0-9-]+):)?(.*)$/.exec(item) ?? [];
  if (isSignatureForm(form)) return { appKey, form };
  throw new StartError(SIGNATURE_WORDS);
}

const SIGNATURE_WORDS = `must be one or more of ${SIGNATURE_FORMS.join(', ')}, separated by commas; with an app key and a colon before it, a form is for that app`;

/** `null`: no text. */
function itemsOf(value: unknown): readonly string[] | null {
  if (typeof value !== 'string') return null;
  return value
    .toLowerCase()
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
