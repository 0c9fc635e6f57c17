import { findNginx } from './find-nginx.ts';

/** Tests that this machine cannot run, and why: said aloud, so that nobody takes them for passed. */
export function leftOut(): string[] {
  if (findNginx() !== undefined) return [];
  return [
    'Left out: nginx.e2e.ts, which proves docs/nginx.conf. Nginx is not installed (Debian: apt-get install nginx-light).',
  ];
}
