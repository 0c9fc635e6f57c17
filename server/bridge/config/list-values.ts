import { SIGNATURE_FORMS, type SignatureForm } from '../webhooks/signature-forms.ts';
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

/** Forms of signatures, separated by commas. */
export const signatureForms: SettingReader<readonly SignatureForm[]> = (value) => {
  const names = itemsOf(value) ?? [];
  const forms = SIGNATURE_FORMS.filter((form) => names.includes(form));
  if (forms.length > 0 && forms.length === new Set(names).size) return forms;
  throw new StartError(`must be one or more of ${SIGNATURE_FORMS.join(', ')}, separated by commas`);
};

/** `null`: no text. */
function itemsOf(value: unknown): readonly string[] | null {
  if (typeof value !== 'string') return null;
  return value
    .toLowerCase()
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
