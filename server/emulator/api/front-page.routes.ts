import { Router, type Request } from 'express';

import { CONTROL_PATH, type ControlAccess } from '../control/control.routes.ts';
import { DEMO_ACCOUNT } from '../state/seed.ts';
import { callerHost } from './caller-host.ts';

/** What somebody finds who opens the emulator's address: where everything is. The cloud has nothing here. */
export function frontPageRoutes({ isEnabled }: ControlAccess): Router {
  const router = Router();

  router.get('/', (request, response) => {
    const places = placesFor(request, isEnabled);
    response.set('Cache-Control', 'no-store').vary('Accept');
    // Programs that name no type get JSON, browsers a page.
    if (request.accepts(['json', 'html']) === 'html') response.type('html').send(pageOf(places));
    else response.json({ name: TITLE, ...places });
  });

  return router;
}

const TITLE = 'Emulator of LivePerson’s Conversational Cloud';

interface Places {
  readonly directory: string;
  readonly account: string;
  readonly controlApi: string;
  readonly documentation: string;
}

function placesFor(request: Request, isControlEnabled: boolean): Places {
  const origin = `${request.protocol}://${callerHost(request)}`;
  return {
    directory: `${origin}/api/account/${DEMO_ACCOUNT}/service/baseURI.json?version=1.0`,
    account: `${DEMO_ACCOUNT}, or any id that starts with demo`,
    controlApi: isControlEnabled ? `${origin}${CONTROL_PATH}/openapi.json` : 'off (EMULATOR_CONTROL)',
    documentation: 'docs/emulator.md and server/emulator/README.md',
  };
}

/** The host was checked before it came here, and all else is ours: nothing needs to be escaped. */
function pageOf({ directory, account, controlApi, documentation }: Places): string {
  const link = (to: string): string => (to.startsWith('http') ? `<a href="${to}">${to}</a>` : to);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${TITLE}</title>
<h1>${TITLE}</h1>
<p>Give your connector this address as its directory (CSDS) host. The directory names all services.
<dl>
<dt>Directory<dd>${link(directory)}
<dt>Account<dd>${account}
<dt>Control API: clock, faults, agents, webhooks, snapshots<dd>${link(controlApi)}
<dt>How to use it<dd>${documentation}
</dl>
</html>
`;
}
